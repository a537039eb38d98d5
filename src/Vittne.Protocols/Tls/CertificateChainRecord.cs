using Vittne.Packets.Records;

namespace Vittne.Protocols.Tls;

/// <summary>The certificates that one side presented in the clear (TLS and DTLS up to 1.2).</summary>
public sealed record CertificateChainRecord : Record
{
    /// <summary>DER of each certificate in the order sent: leaf first, then its issuers.</summary>
    public required IReadOnlyList<byte[]> Certificates { get; init; }

    /// <summary>What carried it.</summary>
    public required TlsCarrier Carrier { get; init; }
}
