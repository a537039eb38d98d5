using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Protocols.Dhcp;

/// <summary>DHCP for IPv4 (RFC 2131): one message a datagram.</summary>
/// <param name="flow">The flow.</param>
/// <param name="sink">Where records go.</param>
/// <param name="options">Whether the messages are told at all: detectors have no use for them.</param>
public sealed class DhcpParser(FlowIdentity flow, IRecordSink sink, ParserOptions options) : DatagramParser(flow, sink)
{
    /// <summary>Whether a datagram is one: the fixed header with the magic cookie of the options.</summary>
    public static bool Recognizes(ReadOnlySpan<byte> datagram) => DhcpMessage.TryParse(datagram, out _);

    /// <inheritdoc/>
    public override void OnDatagram(Direction direction, ReadOnlySpan<byte> datagram, in PacketStamp at)
    {
        if ((options.EmitsTransactions || options.EmitsDhcp) && DhcpMessage.TryParse(datagram, out _))
        {
            Sink.Add(new DhcpRecord { Flow = Flow, At = at, Direction = direction, Message = datagram.ToArray() });
        }
    }
}
