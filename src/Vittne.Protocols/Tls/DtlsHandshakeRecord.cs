namespace Vittne.Protocols.Tls;

/// <summary>A handshake over UDP: record <c>dtls</c>.</summary>
public sealed record DtlsHandshakeRecord : HandshakeRecord;
