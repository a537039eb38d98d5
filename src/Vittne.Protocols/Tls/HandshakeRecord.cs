using Vittne.Packets.Records;

namespace Vittne.Protocols.Tls;

/// <summary>One handshake of TLS or DTLS. <see cref="Record.At"/> is the last packet that added something.</summary>
public abstract record HandshakeRecord : Record
{
    /// <summary>What was seen of it.</summary>
    public required TlsHandshake Handshake { get; init; }
}
