namespace Vittne.Trails.Heuristics.Names;

/// <summary>How many different names of each parent were asked for in a sliding window, in bounded memory.</summary>
internal sealed class NameWindow
{
    /// <summary>Names in the window at a time, about 100 bytes each: 2,000 different names a second for a minute.</summary>
    private const int MaxNames = 131_072;

    private readonly long _windowNs;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _counts;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _countsByText;
    private readonly Queue<(string Name, int ParentStart, long TimeNs)> _sightings = new();

    /// <param name="windowNs">Width of the window in nanoseconds.</param>
    public NameWindow(long windowNs)
    {
        _windowNs = windowNs;
        _counts = new Dictionary<string, int>(StringComparer.Ordinal);
        _countsByText = _counts.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Names that were given up while the window still held them.</summary>
    public long Dropped { get; private set; }

    /// <summary>Notes a name and says how many different names of its parent the window holds.</summary>
    /// <param name="name">The name.</param>
    /// <param name="parentStart">Where its parent's name begins in it.</param>
    /// <param name="nowNs">When.</param>
    public int Add(string name, int parentStart, long nowNs)
    {
        while (_sightings.TryPeek(out (string Name, int ParentStart, long TimeNs) oldest) && Math.Abs(nowNs - oldest.TimeNs) > _windowNs)
        {
            RemoveOldest();
        }

        // A name counts from its first sighting in the window: whoever floods with fresh names never repeats one.
        ReadOnlySpan<char> parent = name.AsSpan(parentStart);
        int count = _countsByText.TryGetValue(parent, out int known) ? known : 0;
        if (_names.Add(name))
        {
            if (_sightings.Count == MaxNames)
            {
                RemoveOldest();
                Dropped++;
                count = _countsByText.TryGetValue(parent, out known) ? known : 0;
            }

            _sightings.Enqueue((name, parentStart, nowNs));
            _countsByText[parent] = ++count;
        }

        return count;
    }

    private void RemoveOldest()
    {
        (string name, int parentStart, _) = _sightings.Dequeue();
        _names.Remove(name);
        ReadOnlySpan<char> parent = name.AsSpan(parentStart);
        int count = _countsByText[parent] - 1;
        if (count == 0)
        {
            _countsByText.Remove(parent);
        }
        else
        {
            _countsByText[parent] = count;
        }
    }
}
