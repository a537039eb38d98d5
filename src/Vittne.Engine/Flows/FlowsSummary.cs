using Vittne.Engine.Spine;
using Vittne.Flows;

namespace Vittne.Engine.Flows;

/// <summary>What was read, told and given up.</summary>
public sealed class FlowsSummary
{
    /// <summary>What was read.</summary>
    public required SpineSummary Input { get; init; }

    /// <summary>Counts of flow tracking over all workers.</summary>
    public required FlowCounters Flows { get; init; }

    /// <summary>Records told.</summary>
    public required long Records { get; init; }

    /// <summary>Packets whose checksum is wrong, when that was looked at.</summary>
    public required long BadChecksums { get; init; }

    /// <summary>Packets that were older than the one before them in their flow.</summary>
    public required long ClockBack { get; init; }
}
