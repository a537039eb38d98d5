using Vittne.Trails.Index;
using Vittne.Trails.Lists;

namespace Vittne.Trails;

/// <summary>What an index holds, in numbers.</summary>
public sealed record TrailIndexSummary
{
    /// <summary>Trails in all.</summary>
    public required long Trails { get; init; }

    /// <summary>Trails by kind; kinds without any are left out.</summary>
    public required IReadOnlyList<(TrailKind Kind, long Count)> Kinds { get; init; }

    /// <summary>Trails by the category of the list that names them.</summary>
    public required IReadOnlyList<(TrailCategory Category, long Count)> Categories { get; init; }

    /// <summary>Dropped indicators by rule.</summary>
    public required IReadOnlyList<(DropRule Rule, long Count)> Drops { get; init; }

    /// <summary>Lines by what was wrong with them.</summary>
    public required IReadOnlyList<(LineFault Fault, long Count)> Faults { get; init; }

    /// <summary>The lists.</summary>
    public required IReadOnlyList<TrailListInfo> Lists { get; init; }

    /// <summary>Indicators read, doubles included.</summary>
    public long Indicators => Lists.Where(list => list.Format != ListFormat.Whitelist).Sum(list => list.Indicators);

    /// <summary>Indicators that another line already held: read, less trails, less dropped.</summary>
    public long Doubles => Indicators - Trails - Drops.Sum(drop => drop.Count);

    internal static TrailIndexSummary Of(TrailIndex index) => new()
    {
        Trails = index.Count,
        Kinds = [.. index.Counters.Of(CounterGroup.Kind).Select(counter => ((TrailKind)counter.Code, counter.Count))],
        Categories = [.. index.Counters.Of(CounterGroup.Category).Select(counter => ((TrailCategory)counter.Code, counter.Count))],
        Drops = [.. index.Counters.Of(CounterGroup.Drop).Select(counter => ((DropRule)counter.Code, counter.Count))],
        Faults = [.. index.Counters.Of(CounterGroup.Fault).Select(counter => ((LineFault)counter.Code, counter.Count))],
        Lists = [.. Enumerable.Range(0, index.TrailLists.Count).Select(index.TrailLists.Info)],
    };
}
