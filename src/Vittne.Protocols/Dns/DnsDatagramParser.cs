using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Protocols.Dns;

/// <summary>DNS, mDNS and LLMNR over UDP: one message a datagram.</summary>
/// <param name="flow">The flow.</param>
/// <param name="sink">Where records go.</param>
/// <param name="options">What the verb wants told; null for messages alone.</param>
public sealed class DnsDatagramParser(FlowIdentity flow, IRecordSink sink, ParserOptions? options = null) : DatagramParser(flow, sink)
{
    private readonly DnsVariant _variant = DnsRecognition.VariantOf(flow);
    private readonly DnsPairing? _pairing = DnsEmission.PairingOf(DnsRecognition.VariantOf(flow), options);

    /// <summary>Whether a datagram is DNS: on ports 53, 5353 and 5355 when it can be, elsewhere when it can hardly be anything else.</summary>
    public static bool Recognizes(ReadOnlySpan<byte> datagram, ushort sourcePort, ushort destinationPort) =>
        DnsRecognition.IsMessage(datagram, sourcePort, destinationPort);

    /// <inheritdoc/>
    public override void OnDatagram(Direction direction, ReadOnlySpan<byte> datagram, in PacketStamp at) =>
        DnsEmission.Emit(Flow, Sink, _variant, _pairing, direction, datagram, at);
}
