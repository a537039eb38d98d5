namespace Vittne.Flows.Analysis.LongFlows;

/// <summary>When a flow is long.</summary>
public sealed record LongFlowOptions
{
    /// <summary>Duration from which a flow is told, nanoseconds.</summary>
    public long MinNs { get; init; } = 3_600_000_000_000;

    /// <summary>Share of the capture's time that a flow covers which is still open at its end.</summary>
    public double OpenShare { get; init; } = 0.9;

    /// <summary>Duration below which an open flow is not told, nanoseconds: most flows of a short capture cover it.</summary>
    public long MinOpenNs { get; init; } = 300_000_000_000;
}
