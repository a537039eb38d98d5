using Vittne.Engine.Spine;
using Vittne.Flows;
using Vittne.Protocols.Sessions;

namespace Vittne.Engine.Decode;

/// <summary>What was read, told and given up.</summary>
public sealed class DecodeSummary
{
    /// <summary>What was read.</summary>
    public required SpineSummary Input { get; init; }

    /// <summary>Counts of flow tracking over all workers.</summary>
    public required FlowCounters Flows { get; init; }

    /// <summary>Counts of the parsers over all workers.</summary>
    public required ProtocolCounters Protocols { get; init; }

    /// <summary>Records told.</summary>
    public required long Records { get; init; }
}
