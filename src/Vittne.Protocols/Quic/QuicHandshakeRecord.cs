using Vittne.Packets.Records;

namespace Vittne.Protocols.Quic;

/// <summary>One QUIC handshake: record <c>quic</c>. <see cref="Record.At"/> is the packet that completed the ClientHello.</summary>
public sealed record QuicHandshakeRecord : Record
{
    /// <summary>What was seen of it.</summary>
    public required QuicHandshake Handshake { get; init; }
}
