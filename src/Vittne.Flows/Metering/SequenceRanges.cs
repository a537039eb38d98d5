namespace Vittne.Flows.Metering;

/// <summary>Data of one direction that came while earlier data was missing: ranges of positions, in order, apart from each other.</summary>
internal sealed class SequenceRanges
{
    // A direction with more holes than this loses the oldest: what is behind it counts as there.
    private const int MaxRanges = 64;

    private readonly List<(long Start, long End)> _ranges = [];

    /// <summary>How many; each has a hole before it.</summary>
    public int Count => _ranges.Count;

    /// <summary>Behind the last one; 0 without.</summary>
    public long End => _ranges.Count > 0 ? _ranges[^1].End : 0;

    /// <summary>Bytes between two positions that are in no range.</summary>
    public long Missing(long from, long to)
    {
        long missing = Math.Max(to - from, 0);
        foreach ((long start, long end) in _ranges)
        {
            missing -= Math.Max(0, Math.Min(end, to) - Math.Max(start, from));
        }

        return missing;
    }

    /// <summary>Adds a range; returns its bytes that were in none.</summary>
    public long Add(long start, long end)
    {
        long added = Missing(start, end);
        int first = 0;
        while (first < _ranges.Count && _ranges[first].End < start)
        {
            first++;
        }

        int last = first;
        while (last < _ranges.Count && _ranges[last].Start <= end)
        {
            start = Math.Min(start, _ranges[last].Start);
            end = Math.Max(end, _ranges[last].End);
            last++;
        }

        _ranges.RemoveRange(first, last - first);
        _ranges.Insert(first, (start, end));
        return added;
    }

    /// <summary>Joins what now follows a position without a hole; returns the new position.</summary>
    public long Join(long next)
    {
        int joined = 0;
        while (joined < _ranges.Count && (_ranges[joined].Start <= next || _ranges.Count - joined > MaxRanges))
        {
            next = Math.Max(next, _ranges[joined].End);
            joined++;
        }

        _ranges.RemoveRange(0, joined);
        return next;
    }
}
