using Vittne.Engine.Spine;
using Vittne.Flows;

namespace Vittne.Engine.Streams;

/// <summary>What was read and written, and what is missing.</summary>
public sealed class StreamsSummary
{
    /// <summary>What was read.</summary>
    public required SpineSummary Input { get; init; }

    /// <summary>Counts of flow tracking over all workers.</summary>
    public required FlowCounters Flows { get; init; }

    /// <summary>Files of streams.</summary>
    public required long Files { get; init; }

    /// <summary>Bytes in them, holes included.</summary>
    public required long Bytes { get; init; }

    /// <summary>Files with gaps.</summary>
    public required long FilesWithGaps { get; init; }

    /// <summary>Bytes that are missing in them.</summary>
    public required long GapBytes { get; init; }

    /// <summary>Lines in the list of what no honest sender does.</summary>
    public required long Alerts { get; init; }

    /// <summary>Bytes of which a later copy had another content.</summary>
    public required long ConflictBytes { get; init; }
}
