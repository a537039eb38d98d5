using Vittne.Flows.Table;
using Vittne.Packets.Records;

namespace Vittne.Flows;

/// <summary>
/// Flows that left the table without being accepted: no answer, or a refusal. Those of one shard that were seen to be over at one packet are
/// one record, for a scan makes very many. Its flow is the first of them, its packet often one of another flow.
/// </summary>
public sealed record UnansweredFlowsRecord : Record
{
    /// <summary>The flows, at least one.</summary>
    public required IReadOnlyList<FlowEntry> Flows { get; init; }
}
