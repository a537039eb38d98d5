using Vittne.Packets.Records;

namespace Vittne.Protocols.Tls;

/// <summary>A ServerHello or HelloRetryRequest. It holds the message; <see cref="ServerHello"/> reads it.</summary>
public sealed record ServerHelloRecord : Record
{
    /// <summary>The handshake message from its type byte on.</summary>
    public required byte[] Message { get; init; }

    /// <summary>What carried it.</summary>
    public required TlsCarrier Carrier { get; init; }
}
