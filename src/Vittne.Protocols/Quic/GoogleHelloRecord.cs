using Vittne.Packets.Records;

namespace Vittne.Protocols.Quic;

/// <summary>Client hello of Google's QUIC before it took TLS (Q0nn). It is no TLS message: there is no JA3 or JA4 of it.</summary>
public sealed record GoogleHelloRecord : Record
{
    /// <summary>Version as its four characters, for example <c>Q043</c>.</summary>
    public required string Version { get; init; }

    /// <summary>Server name as sent, bytes as characters 0-255; empty without one.</summary>
    public required string Sni { get; init; }

    /// <summary>User agent (UAID), bytes as characters 0-255; empty without one.</summary>
    public required string UserAgent { get; init; }
}
