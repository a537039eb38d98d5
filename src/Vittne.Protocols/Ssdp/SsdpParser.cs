using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Http;

namespace Vittne.Protocols.Ssdp;

/// <summary>SSDP: messages in the form of HTTP in single datagrams.</summary>
/// <param name="flow">The flow.</param>
/// <param name="sink">Where records go.</param>
/// <param name="options">What the verb wants told.</param>
public sealed class SsdpParser(FlowIdentity flow, IRecordSink sink, ParserOptions options) : DatagramParser(flow, sink)
{
    private const ushort Port = 1900;

    private static ReadOnlySpan<byte> Search => "M-SEARCH * HTTP/"u8;

    private static ReadOnlySpan<byte> Notify => "NOTIFY * HTTP/"u8;

    private static ReadOnlySpan<byte> Answer => "HTTP/1."u8;

    /// <inheritdoc/>
    public override bool IsDone => !options.EmitsTransactions;

    /// <summary>Whether a datagram is SSDP: a search or an announcement on any port, an answer on port 1900.</summary>
    public static bool Recognizes(ReadOnlySpan<byte> datagram, ushort sourcePort, ushort destinationPort) =>
        IsRequest(datagram) || (datagram.StartsWith(Answer) && (sourcePort == Port || destinationPort == Port));

    /// <inheritdoc/>
    public override void OnDatagram(Direction direction, ReadOnlySpan<byte> datagram, in PacketStamp at)
    {
        if (options.EmitsTransactions && (IsRequest(datagram) || datagram.StartsWith(Answer)) && HttpHead.TryParse(datagram, out _))
        {
            Sink.Add(new SsdpRecord { Flow = Flow, At = at, Direction = direction, Message = datagram.ToArray() });
        }
    }

    private static bool IsRequest(ReadOnlySpan<byte> datagram) => datagram.StartsWith(Search) || datagram.StartsWith(Notify);
}
