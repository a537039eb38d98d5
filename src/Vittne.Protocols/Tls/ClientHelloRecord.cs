using Vittne.Packets.Records;

namespace Vittne.Protocols.Tls;

/// <summary>A ClientHello of TLS, DTLS or QUIC. It holds the message; <see cref="ClientHello"/> reads it.</summary>
public sealed record ClientHelloRecord : Record
{
    /// <summary>The handshake message from its type byte on, joined over records and segments; DTLS: without fragment fields.</summary>
    public required byte[] Message { get; init; }

    /// <summary>What carried it.</summary>
    public required TlsCarrier Carrier { get; init; }

    /// <summary>True for a hello in SSLv2 framing: <see cref="SslV2ClientHello"/> reads it, <see cref="ClientHello"/> refuses it.</summary>
    public bool IsSslV2 { get; init; }
}
