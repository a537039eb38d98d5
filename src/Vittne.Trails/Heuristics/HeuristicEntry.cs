namespace Vittne.Trails.Heuristics;

/// <summary>One heuristic of the registry.</summary>
/// <param name="Descriptor">Its id and what it finds.</param>
/// <param name="Scope">Where it runs.</param>
/// <param name="Create">Makes an instance: one a worker, or one a run.</param>
public sealed record HeuristicEntry(DetectorDescriptor Descriptor, HeuristicScope Scope, Func<HeuristicContext, IRecordDetector> Create);
