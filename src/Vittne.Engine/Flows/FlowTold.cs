using Vittne.Flows.Records;
using Vittne.Packets.Records;

namespace Vittne.Engine.Flows;

/// <summary>A record of a flow on its way from a worker to the collector, which puts those of all workers in order.</summary>
internal sealed record FlowTold : Record
{
    /// <summary>The record.</summary>
    public required FlowRecord Told { get; init; }
}
