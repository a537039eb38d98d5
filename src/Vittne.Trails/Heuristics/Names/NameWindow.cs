namespace Vittne.Trails.Heuristics.Names;

/// <summary>How many different names of each parent were asked for in a sliding window, in bounded memory.</summary>
/// <param name="windowNs">Width of the window in nanoseconds.</param>
internal sealed class NameWindow(long windowNs)
{
    /// <summary>Names in the window at a time, about 100 bytes each: 2,000 different names a second for a minute.</summary>
    private const int MaxNames = 131_072;

    private readonly Dictionary<string, string> _parents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly Queue<(string Name, long TimeNs)> _sightings = new();

    /// <summary>Names that were given up while the window still held them.</summary>
    public long Dropped { get; private set; }

    /// <summary>Notes a name and says how many different names of its parent the window holds.</summary>
    public int Add(string parent, string name, long nowNs)
    {
        while (_sightings.TryPeek(out (string Name, long TimeNs) oldest) && Math.Abs(nowNs - oldest.TimeNs) > windowNs)
        {
            RemoveOldest();
        }

        // A name counts from its first sighting in the window: whoever floods with fresh names never repeats one.
        if (_parents.TryAdd(name, parent))
        {
            if (_sightings.Count == MaxNames)
            {
                RemoveOldest();
                Dropped++;
            }

            _sightings.Enqueue((name, nowNs));
            _counts[parent] = _counts.GetValueOrDefault(parent) + 1;
        }

        return _counts[parent];
    }

    private void RemoveOldest()
    {
        (string name, _) = _sightings.Dequeue();
        _parents.Remove(name, out string? parent);
        int count = _counts[parent!] - 1;
        if (count == 0)
        {
            _counts.Remove(parent!);
        }
        else
        {
            _counts[parent!] = count;
        }
    }
}
