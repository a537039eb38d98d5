namespace Vittne.Trails.Heuristics;

/// <summary>
/// The last few distinct items of one key with the time at which each was last seen. With as many places as a threshold plus one it
/// answers exactly whether a sliding window of any width holds more items than the threshold, and needs no more memory for a fast scan
/// than for a slow one.
/// </summary>
internal sealed class RecentDistinct<T>
    where T : IEquatable<T>
{
    private const int FirstPlaces = 4;

    private T[] _items = [];
    private long[] _timesNs = [];

    public int Count { get; private set; }

    /// <summary>The items, the one not seen for longest first.</summary>
    public ReadOnlySpan<T> Items => _items.AsSpan(0, Count);

    /// <summary>When the item that was not seen for longest was last seen.</summary>
    public long OldestNs => _timesNs[0];

    /// <summary>When the last item was seen.</summary>
    public long NewestNs => _timesNs[Count - 1];

    /// <summary>Notes an item; with all places taken the one not seen for longest is forgotten.</summary>
    public void Add(T item, long nowNs, int places)
    {
        int at = Array.IndexOf(_items, item, 0, Count);
        if (at >= 0)
        {
            RemoveAt(at);
        }
        else if (Count == places)
        {
            RemoveAt(0);
        }
        else if (Count == _items.Length)
        {
            int length = Math.Min(places, Math.Max(FirstPlaces, Count * 2));
            Array.Resize(ref _items, length);
            Array.Resize(ref _timesNs, length);
        }

        _items[Count] = item;
        _timesNs[Count] = nowNs;
        Count++;
    }

    private void RemoveAt(int at)
    {
        int rest = Count - at - 1;
        Array.Copy(_items, at + 1, _items, at, rest);
        Array.Copy(_timesNs, at + 1, _timesNs, at, rest);
        Count--;
    }
}
