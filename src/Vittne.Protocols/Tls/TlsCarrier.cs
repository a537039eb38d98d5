namespace Vittne.Protocols.Tls;

/// <summary>What carries a TLS handshake.</summary>
public enum TlsCarrier : byte
{
    /// <summary>TLS over TCP.</summary>
    Tls,

    /// <summary>DTLS over UDP.</summary>
    Dtls,

    /// <summary>QUIC Initial packets.</summary>
    Quic,
}
