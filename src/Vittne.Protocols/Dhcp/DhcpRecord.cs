using Vittne.Packets.Records;

namespace Vittne.Protocols.Dhcp;

/// <summary>One DHCP message for IPv4 (RFC 2131).</summary>
public sealed record DhcpRecord : Record
{
    /// <summary>The message.</summary>
    public required byte[] Message { get; init; }
}
