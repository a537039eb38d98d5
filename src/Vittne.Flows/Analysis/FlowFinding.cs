using Vittne.Packets.Records;

namespace Vittne.Flows.Analysis;

/// <summary>What an analysis of flow records found. It is of hosts, not of one flow: its identity has addresses and no ports.</summary>
public abstract record FlowFinding : Record
{
    /// <summary>Flows behind it.</summary>
    public required long Flows { get; init; }

    /// <summary>First packet of them, nanoseconds since the epoch.</summary>
    public required long FirstNs { get; init; }

    /// <summary>Last packet of them.</summary>
    public required long LastNs { get; init; }

    /// <summary>Ids of the first flows behind it, at most <see cref="FlowEvidence.MaxIds"/>.</summary>
    public required IReadOnlyList<long> Evidence { get; init; }
}
