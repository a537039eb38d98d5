using Vittne.Flows.Metering;
using Vittne.Packets.Records;

namespace Vittne.Engine.Flows;

/// <summary>A hint on its way from a worker to the collector.</summary>
internal sealed record FlowHinted : Record
{
    /// <summary>The hint.</summary>
    public required FlowHint Hint { get; init; }
}
