using Vittne.Packets.Records;

namespace Vittne.Protocols.Icmp;

/// <summary>
/// What two hosts said to each other in ICMP echo (RFC 792, RFC 4443 section 4) within a minute, as far as it changed: a ping repeats its
/// payload, with at most a time stamp in front. Told when the changes double; the direction is that of the packet.
/// </summary>
public sealed record EchoTrafficRecord : Record
{
    /// <summary>Requests and replies so far.</summary>
    public required int Packets { get; init; }

    /// <summary>Those whose payload behind the place of a time stamp was another than that of the last one in its direction.</summary>
    public required int Changes { get; init; }

    /// <summary>Payload bytes of those, without the place of a time stamp.</summary>
    public required long ChangedBytes { get; init; }

    /// <summary>Replies whose payload is not that of one of the last requests, which an echo must repeat.</summary>
    public required int UnlikeReplies { get; init; }

    /// <summary>Shannon entropy of the changed bytes, bits a byte.</summary>
    public required double EntropyBits { get; init; }
}
