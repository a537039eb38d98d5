namespace Vittne.Protocols.Tls;

/// <summary>A handshake over TCP: record <c>tls</c>.</summary>
public sealed record TlsHandshakeRecord : HandshakeRecord;
