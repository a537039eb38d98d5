using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Dns;

namespace Vittne.Protocols.Nbns;

/// <summary>The NetBIOS name service over UDP (RFC 1002 section 4.2), whose messages have the form of DNS.</summary>
/// <param name="flow">The flow.</param>
/// <param name="sink">Where records go.</param>
public sealed class NbnsParser(FlowIdentity flow, IRecordSink sink) : DatagramParser(flow, sink)
{
    private const ushort Port = 137;

    /// <summary>Whether a datagram is one: on port 137, with a name of NetBIOS in front. Elsewhere the form is that of DNS.</summary>
    public static bool Recognizes(ReadOnlySpan<byte> datagram, ushort sourcePort, ushort destinationPort) =>
        (sourcePort == Port || destinationPort == Port) && NbnsName.TryReadFirst(datagram, out _, out _);

    /// <inheritdoc/>
    public override void OnDatagram(Direction direction, ReadOnlySpan<byte> datagram, in PacketStamp at)
    {
        if (NbnsName.TryReadFirst(datagram, out _, out _))
        {
            Sink.Add(new NbnsRecord { Flow = Flow, At = at, Direction = direction, Message = datagram.ToArray() });
        }

        AnomalyKind anomaly = AnomalyKind.DnsShort;
        if (!DnsMessage.TryParse(datagram, out _, out anomaly) || anomaly != AnomalyKind.None)
        {
            Sink.Add(new AnomalyRecord { Flow = Flow, At = at, Direction = direction, Kind = anomaly, Detail = "NetBIOS name service" });
        }
    }
}
