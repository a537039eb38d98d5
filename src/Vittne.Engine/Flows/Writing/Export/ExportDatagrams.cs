using System.Net.Sockets;
using Vittne.Engine.Output.Remote;

namespace Vittne.Engine.Flows.Writing.Export;

/// <summary>
/// Messages as datagrams to a collector. Templates come with the first message, then once a minute and every few hundred messages, as some may get
/// lost (RFC 7011 section 8.4). A short pause after each batch keeps the collector's buffer from running over: nothing tells of a lost datagram.
/// </summary>
internal sealed class ExportDatagrams(RemoteAddress target) : IExportTarget, IDisposable
{
    private const int RefreshMs = 60_000;
    private const int RefreshMessages = 256;
    private const int MaxTemplates = 8;

    // 32 messages of 1,400 bytes fit the smallest buffer that collectors use, 64 KiB.
    private const int Batch = 32;
    private const int PauseMs = 1;

    private readonly UdpLink _link = new(target);
    private readonly long[] _toldAtMs = new long[MaxTemplates];
    private readonly long[] _toldAtMessage = new long[MaxTemplates];
    private readonly bool[] _isTold = new bool[MaxTemplates];
    private long _sent;

    /// <inheritdoc/>
    public bool IsTemplateDue(int index, bool isInMessage) => !isInMessage
        && (!_isTold[index] || _sent - _toldAtMessage[index] >= RefreshMessages || Environment.TickCount64 - _toldAtMs[index] >= RefreshMs);

    /// <inheritdoc/>
    public void TemplateTold(int index)
    {
        _isTold[index] = true;
        _toldAtMessage[index] = _sent;
        _toldAtMs[index] = Environment.TickCount64;
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The collector cannot be reached.</exception>
    public void Send(ReadOnlySpan<byte> message)
    {
        try
        {
            _link.Send(message.ToArray());
        }
        catch (SocketException e)
        {
            throw new IOException($"{target} does not take flow records: {e.Message}", e);
        }

        _sent++;
        if (_sent % Batch == 0)
        {
            Thread.Sleep(PauseMs);
        }
    }

    /// <inheritdoc/>
    public void Finish() => _link.Finish();

    /// <inheritdoc/>
    public void Dispose() => _link.Dispose();
}
