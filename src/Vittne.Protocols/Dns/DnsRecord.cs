using Vittne.Packets.Records;

namespace Vittne.Protocols.Dns;

/// <summary>One DNS, mDNS or LLMNR message (RFC 1035, 6762, 4795). It holds the bytes; <see cref="DnsMessage"/> reads them when someone asks.</summary>
public sealed record DnsRecord : Record
{
    /// <summary>The message from its header on, without a TCP length prefix.</summary>
    public required byte[] Message { get; init; }

    /// <summary>Which of the protocols that share the format it is.</summary>
    public required DnsVariant Variant { get; init; }
}
