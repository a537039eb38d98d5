using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Protocols.OpenVpn;

/// <summary>OpenVPN over UDP: reads the TLS handshakes of its control channel. With tls-crypt that is encrypted and nothing is told.</summary>
/// <param name="flow">The flow, for the records.</param>
/// <param name="sink">Where records go.</param>
/// <param name="options">What is told; null for single messages only.</param>
public sealed class OpenVpnDatagramParser(FlowIdentity flow, IRecordSink sink, ParserOptions? options = null) : DatagramParser(flow, sink)
{
    private readonly OpenVpnChannel _channel = new(flow, sink, options ?? ParserOptions.Messages);

    /// <inheritdoc/>
    public override bool IsDone => _channel.IsOver;

    /// <summary>Whether a datagram opens a session or has the beginning of a TLS handshake of one. Strict.</summary>
    public static bool Recognizes(ReadOnlySpan<byte> datagram) => OpenVpnRecognition.Recognises(datagram);

    /// <inheritdoc/>
    public override void OnDatagram(Direction direction, ReadOnlySpan<byte> datagram, in PacketStamp at) => _channel.OnPacket(direction, datagram, at);

    /// <inheritdoc/>
    public override void OnEnd(in PacketStamp at) => _channel.OnEnd(at);
}
