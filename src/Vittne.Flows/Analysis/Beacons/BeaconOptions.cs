namespace Vittne.Flows.Analysis.Beacons;

/// <summary>When regular connections are told.</summary>
public sealed record BeaconOptions
{
    /// <summary>Connections that a group needs.</summary>
    public int MinConnections { get; init; } = 10;

    /// <summary>Score from 0 to 1 from which a group is told.</summary>
    public double MinScore { get; init; } = 0.7;
}
