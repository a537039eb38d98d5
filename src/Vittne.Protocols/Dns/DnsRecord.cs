using Vittne.Packets.Records;

namespace Vittne.Protocols.Dns;

/// <summary>One DNS, mDNS or LLMNR message (RFC 1035, 6762, 4795). It holds the bytes; <see cref="DnsMessage"/> reads them when someone asks.</summary>
public sealed record DnsRecord : Record
{
    /// <summary>The message from its header on, without a TCP length prefix.</summary>
    public required byte[] Message { get; init; }

    /// <summary>Which of the protocols that share the format it is.</summary>
    public required DnsVariant Variant { get; init; }

    /// <summary>Number of the packet with the query that this response answers; null when there is none or nobody asked for pairs.</summary>
    public long? QueryPacket { get; init; }

    /// <summary>Nanoseconds between query and response; null without <see cref="QueryPacket"/>.</summary>
    public long? RoundTripNs { get; init; }
}
