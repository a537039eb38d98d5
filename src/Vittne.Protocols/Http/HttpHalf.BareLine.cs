using Vittne.Packets;

namespace Vittne.Protocols.Http;

/// <content>
/// Request lines without version. Alone they are requests of HTTP/0.9 (RFC 1945 section 4.1); clients that forget the version send header
/// lines behind them, and servers answer those too. Which it is, the next bytes of the client tell, or that the server speaks first.
/// </content>
internal sealed partial class HttpHalf
{
    private byte[] _bareLine = [];

    private bool IsFirstLine => _lineStart == 0 && _bareLine.Length == 0;

    /// <summary>Nothing more belongs to a line that waits: it is a whole request.</summary>
    public void TellBareLine(in PacketStamp at)
    {
        if (_state == HttpHalfState.BehindBareLine)
        {
            byte[] head = _bareLine;
            ForgetHead();
            BeginBody(head, at);
        }
    }

    private void KeepBareLine(ReadOnlySpan<byte> line)
    {
        _bareLine = line.ToArray();
        _state = HttpHalfState.BehindBareLine;
    }

    private int StepBehindBareLine(ReadOnlySpan<byte> data, in PacketStamp at)
    {
        switch (HttpStartLine.BeginsHeader(data))
        {
            case Recognition.NeedMore:
                _needed = data.Length + 1;
                return Wait;

            case Recognition.Yes:
                _state = HttpHalfState.Head;
                return 0;

            default:
                TellBareLine(at);
                return 0;
        }
    }
}
