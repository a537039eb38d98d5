using Vittne.Flows.Records;

namespace Vittne.Flows.Aggregation;

/// <summary>The records of one key, merged so far.</summary>
internal sealed class FlowGroup(FlowRecord record)
{
    /// <summary>The record that they became.</summary>
    public FlowRecord Record { get; } = record;

    /// <summary>True when the record's sides are in each other's place within the table's key.</summary>
    public bool IsTurned { get; set; }

    /// <summary>Sums over several records; null while there is one.</summary>
    public FlowSums? Sums { get; set; }

    /// <summary>Number of the bin, where records are merged by bins of time.</summary>
    public long Bin { get; init; }

    /// <summary>The group that was used before this one; null for the one used longest ago.</summary>
    public FlowGroup? Older { get; set; }

    /// <summary>The group that was used after this one.</summary>
    public FlowGroup? Newer { get; set; }

    /// <summary>Its key in the table.</summary>
    public required byte[] Key { get; init; }

    /// <summary>How many groups were made before it.</summary>
    public long Ordinal { get; init; }
}
