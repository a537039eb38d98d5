using Vittne.Engine.Spine;
using Vittne.Flows;
using Vittne.Protocols.Sessions;

namespace Vittne.Engine.Hunt;

/// <summary>What a hunt read, found and gave up.</summary>
public sealed class HuntSummary
{
    /// <summary>What was read.</summary>
    public required SpineSummary Input { get; init; }

    /// <summary>Counts of flow tracking over all workers.</summary>
    public required FlowCounters Flows { get; init; }

    /// <summary>Counts of the parsers over all workers.</summary>
    public required ProtocolCounters Protocols { get; init; }

    /// <summary>Events told.</summary>
    public required long Events { get; init; }

    /// <summary>Events left out by severity or type.</summary>
    public required long Muted { get; init; }

    /// <summary>Events left out because the info of their trail is disabled.</summary>
    public required long DisabledByInfo { get; init; }

    /// <summary>Findings and state that detectors gave up at a bound.</summary>
    public required long Dropped { get; init; }

    /// <summary>Records that detectors failed at with an exception, by detector and first exception: bugs.</summary>
    public required IReadOnlyDictionary<string, long> DetectorFailures { get; init; }
}
