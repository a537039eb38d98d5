namespace Vittne.Flows.Analysis.Scans;

/// <summary>When attempts are a scan.</summary>
public sealed record ScanOptions
{
    /// <summary>Window in which attempts are counted, nanoseconds.</summary>
    public long WindowNs { get; init; } = 60_000_000_000;

    /// <summary>Ports on one host that make a vertical scan.</summary>
    public int MinPorts { get; init; } = 30;

    /// <summary>Hosts on one port that make a horizontal scan.</summary>
    public int MinHosts { get; init; } = 30;

    /// <summary>Share of them that was not answered as a service answers, 0 to 1.</summary>
    public double MinUnanswered { get; init; } = 0.6;
}
