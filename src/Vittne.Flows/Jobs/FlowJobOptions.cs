using Vittne.Flows.Aggregation;
using Vittne.Flows.Query;
using Vittne.Flows.Sorting;

namespace Vittne.Flows.Jobs;

/// <summary>What is done with flow records before they are written. The order is fixed: where, bins, aggregate (of each bin by itself), sort, top.</summary>
public sealed record FlowJobOptions
{
    /// <summary>Records that do not meet it are left out; null for all.</summary>
    public FlowQuery? Where { get; init; }

    /// <summary>Merge records by this; null: not.</summary>
    public FlowKey? Key { get; init; }

    /// <summary>Keys that are merged at once.</summary>
    public int MaxGroups { get; init; } = FlowAggregator.DefaultMaxGroups;

    /// <summary>Cut records at the borders of these bins; null: not.</summary>
    public FlowBinning? Bins { get; init; }

    /// <summary>Times of cut records are the borders of their bins.</summary>
    public bool AreTimesBorders { get; init; }

    /// <summary>A record of zeros for each empty bin.</summary>
    public bool HasEmptyBins { get; init; }

    /// <summary>Fields to sort by; empty: order of input.</summary>
    public IReadOnlyList<FlowOrder> Order { get; init; } = [];

    /// <summary>How many records are told; null for all.</summary>
    public int? Top { get; init; }

    /// <summary>Records that are sorted at once.</summary>
    public int MaxRecords { get; init; } = FlowSorter.DefaultMaxRecords;
}
