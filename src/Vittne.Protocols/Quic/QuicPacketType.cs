namespace Vittne.Protocols.Quic;

/// <summary>Types of packets with a long header (RFC 9000 section 17.2), in the numbers of version 1.</summary>
internal enum QuicPacketType : byte
{
    /// <summary>Carries the hellos.</summary>
    Initial = 0,

    /// <summary>Early data of the client.</summary>
    ZeroRtt = 1,

    /// <summary>The encrypted rest of the handshake.</summary>
    Handshake = 2,

    /// <summary>The server asks for a token.</summary>
    Retry = 3,
}
