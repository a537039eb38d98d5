namespace Vittne.Trails.Heuristics;

/// <summary>What heuristics look up and how they are set. Immutable: all workers share one.</summary>
public sealed class HeuristicContext
{
    /// <summary>Trails and whitelist.</summary>
    public required ITrailIndex Index { get; init; }

    /// <summary>Networks that count as home; the private ones when nobody says.</summary>
    public HomeNetworks HomeNets { get; init; } = HomeNetworks.Private;

    /// <summary>Window of the scan heuristics in seconds of capture time, 1 to 3600.</summary>
    public int ScanWindowSeconds { get; init; } = 30;

    /// <summary>Ids of the heuristics that are switched off.</summary>
    public IReadOnlySet<string> Disabled { get; init; } = new HashSet<string>();

    internal long ScanWindowNs => ScanWindowSeconds * 1_000_000_000L;

    internal bool IsEnabled(DetectorDescriptor descriptor) => !Disabled.Contains(descriptor.Name);
}
