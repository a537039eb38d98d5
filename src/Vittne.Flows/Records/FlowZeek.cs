namespace Vittne.Flows.Records;

/// <summary>What Zeek's connection log defines in its own way, for <c>--format zeek</c> alone. -1: as the record's other fields tell it.</summary>
public sealed class FlowZeek
{
    /// <summary>First packet to the last that counts for Zeek: packets after both FINs that bring no payload do not. Nanoseconds.</summary>
    public long DurationNs { get; set; } = -1;

    /// <summary>Payload of the originator by its highest sequence number or the highest acknowledgement of it, captured or not, without SYN and FIN.</summary>
    public long SourceBytes { get; set; } = -1;

    /// <summary>Payload of the responder, likewise.</summary>
    public long DestinationBytes { get; set; } = -1;

    /// <summary>Bytes in gaps, both sides.</summary>
    public long MissedBytes { get; set; } = -1;
}
