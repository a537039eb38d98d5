namespace Vittne.Trails.Heuristics;

/// <summary>Where a heuristic runs.</summary>
public enum HeuristicScope : byte
{
    /// <summary>In the workers, one instance each: it looks at one record at a time.</summary>
    Flow,

    /// <summary>Behind the collector, one instance in the run: it counts over many flows and needs their records in packet order.</summary>
    Run,
}
