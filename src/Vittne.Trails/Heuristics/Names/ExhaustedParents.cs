namespace Vittne.Trails.Heuristics.Names;

/// <summary>Parents that were told to be exhausted, with the time; each counts for an hour.</summary>
internal sealed class ExhaustedParents
{
    private const long HourNs = 3600L * 1_000_000_000;

    /// <summary>A parent takes a thousand queries to get here, so that the oldest of these is long past when it makes room.</summary>
    private const int MaxParents = 10_000;

    private readonly RecencyMap<string, Told> _parents = new(MaxParents);

    public void Add(string parent, long nowNs) => _parents.Touch(parent, out _).AtNs = nowNs;

    public bool Contains(string parent, long nowNs) =>
        _parents.TryPeek(parent, out Told? told) && Math.Abs(nowNs - told.AtNs) <= HourNs;

    private sealed class Told
    {
        public long AtNs { get; set; }
    }
}
