using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Sessions;

namespace Vittne.Protocols.WebSocket;

/// <summary>
/// Takes the frames off a WebSocket (RFC 6455) that tunnels another protocol, and reads that as a stream of its own. Sockets that carry
/// anything else are not recognised: their messages belong to applications.
/// </summary>
/// <param name="flow">The flow, for the records.</param>
/// <param name="sink">Where records go.</param>
/// <param name="options">What the verb wants told of the tunnelled protocol.</param>
public sealed class WebSocketParser(FlowIdentity flow, IRecordSink sink, ParserOptions options) : StreamParser(flow, sink)
{
    // Tunnels in tunnels: nobody honest nests deeper, and recursion must end.
    private const int MaxDepth = 4;
    private const int MaxStart = 4096;

    [ThreadStatic]
    private static int _depth;

    private readonly ProtocolCounters _counters = new();
    private readonly byte[][] _mask = [[], []];
    private readonly int[] _left = new int[2];
    private readonly int[] _at = new int[2];
    private readonly bool[] _isData = new bool[2];
    private ProtocolStream? _inner;
    private bool _isLost;

    /// <summary>Yes only when the first frame's content begins a message of a known protocol.</summary>
    public static Recognition Recognizes(ReadOnlySpan<byte> data)
    {
        if (data.Length > 0 && data[0] is not (0x81 or 0x82 or 0x01 or 0x02))
        {
            return Recognition.No;
        }

        if (WebSocketFrame.TryParse(data, out WebSocketFrame frame) != Recognition.Yes)
        {
            return Recognition.No;
        }

        ReadOnlySpan<byte> payload = data[frame.HeaderLength..];
        payload = payload[..Math.Min(Math.Min(payload.Length, frame.PayloadLength), MaxStart)];
        return ProtocolRegistry.BeginsMessage(WebSocketFrame.Unmask(payload, 0, frame.Mask)) ? Recognition.Yes : Recognition.No;
    }

    /// <inheritdoc/>
    public override bool IsDone(Direction direction) => _isLost || (_inner is not null && _inner.IsDone(direction));

    /// <inheritdoc/>
    public override int OnData(Direction direction, ReadOnlySpan<byte> data, in PacketStamp at)
    {
        int side = (int)direction, consumed = 0;
        while (consumed < data.Length && !_isLost)
        {
            if (_left[side] == 0)
            {
                Recognition header = WebSocketFrame.TryParse(data[consumed..], out WebSocketFrame frame);
                if (header != Recognition.Yes)
                {
                    _isLost = header == Recognition.No;
                    break;
                }

                consumed += frame.HeaderLength;
                (_left[side], _at[side], _isData[side], _mask[side]) = (frame.PayloadLength, 0, frame.IsData, frame.Mask.ToArray());
                continue;
            }

            ReadOnlySpan<byte> piece = data.Slice(consumed, Math.Min(_left[side], data.Length - consumed));
            if (_isData[side])
            {
                Give(direction, WebSocketFrame.Unmask(piece, _at[side], _mask[side]), at);
            }

            consumed += piece.Length;
            _left[side] -= piece.Length;
            _at[side] += piece.Length;
        }

        return _isLost ? data.Length : consumed;
    }

    /// <inheritdoc/>
    public override void OnGap(Direction direction, long length, in PacketStamp at)
    {
        // Frame borders cannot be found again.
        _isLost = true;
    }

    /// <inheritdoc/>
    public override void OnEnd(Direction direction, ReadOnlySpan<byte> rest, in PacketStamp at) => _inner?.OnEnd(direction, at);

    private void Give(Direction direction, byte[] content, in PacketStamp at)
    {
        if (_depth >= MaxDepth)
        {
            _isLost = true;
            return;
        }

        _inner ??= new ProtocolStream(Flow, Sink, _counters, options);
        _depth++;
        try
        {
            if (!_inner.IsDone(direction))
            {
                _inner.OnData(direction, content, at);
            }
        }
        finally
        {
            _depth--;
        }
    }
}
