namespace Vittne.Flows.Metering;

/// <summary>How traffic is measured.</summary>
public sealed record FlowMeterOptions
{
    /// <summary>When flows are over.</summary>
    public FlowTimeouts Timeouts { get; init; } = new();

    /// <summary>Flows kept at once, over all workers; beyond it those that would time out next are ended early and counted.</summary>
    public int MaxFlows { get; init; } = 1_000_000;

    /// <summary>A sequence number that jumps further than this with payload starts a new flow, bytes.</summary>
    public int MaxSeek { get; init; } = 16 << 20;

    /// <summary>
    /// Makes, for each worker, what tells the time at which a record is written though the flow goes on, given the time of the first packet in it
    /// (it must be later); null when only ends are told.
    /// </summary>
    public Func<Func<long, long>>? Borders { get; init; }

    /// <summary>Whether packet sizes, gaps between packets and the like are kept for each flow.</summary>
    public bool KeepsStatistics { get; init; }

    /// <summary>Whether queries of one ICMP type between two hosts are one flow whatever their identifier.</summary>
    public bool IgnoresIcmpIdentifiers { get; init; }

    /// <summary>Whether <see cref="Records.FlowRecord.Zeek"/> is told.</summary>
    public bool TellsZeek { get; init; }

    /// <summary>What is made of checksums.</summary>
    public ChecksumUse Checksums { get; init; }
}
