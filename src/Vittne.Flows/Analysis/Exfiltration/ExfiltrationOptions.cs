namespace Vittne.Flows.Analysis.Exfiltration;

/// <summary>When data that leaves is told.</summary>
public sealed record ExfiltrationOptions
{
    /// <summary>Payload bytes sent to one outside host.</summary>
    public long MinBytes { get; init; } = 10_000_000;

    /// <summary>Producer-consumer ratio that goes with them.</summary>
    public double MinRatio { get; init; } = 0.5;

    /// <summary>How many times the median of what the host sends to an outside host, whatever the ratio.</summary>
    public double TimesMedian { get; init; } = 20;

    /// <summary>Payload bytes below which no multiple of the median is told: medians are small.</summary>
    public long MinBytesForMedian { get; init; } = 1_000_000;

    /// <summary>Outside hosts that a median needs.</summary>
    public int MinPeersForMedian { get; init; } = 5;

    /// <summary>Payload bytes in DNS or ICMP, which carry little.</summary>
    public long MinCarrierBytes { get; init; } = 100_000;

    /// <summary>What is inside.</summary>
    public LocalNetworks Local { get; init; } = new();
}
