namespace Vittne.Protocols.Http2;

/// <summary>
/// The dynamic table of one direction (RFC 7541 section 2.3.2): the newest entries, as many as fit. Indices count from the newest, and entries
/// leave at the other end: so those that are known keep their indices even when older ones are lost.
/// </summary>
internal sealed class HpackTable
{
    /// <summary>Most bytes that are kept, whatever the ends agreed on: browsers and servers use 4 to 64 KiB.</summary>
    public const int MaxBytes = 64 << 10;

    private const int DefaultBytes = 4096;

    // RFC 7541 section 4.1.
    private const int EntryOverhead = 32;

    // A power of two of places, used in a circle.
    private HpackEntry[] _entries = [];
    private int _newest;
    private int _bytes;
    private int _capacity = DefaultBytes;

    /// <summary>How many entries there are.</summary>
    public int Count { get; private set; }

    /// <summary>The entry of an index, 1 for the newest.</summary>
    public bool TryGet(int index, out HpackEntry entry)
    {
        bool isKnown = index >= 1 && index <= Count;
        entry = isKnown ? _entries[(_newest - index + 1) & (_entries.Length - 1)] : default;
        return isKnown;
    }

    /// <summary>Adds the newest entry; one that is larger than the table empties it (RFC 7541 section 4.4).</summary>
    public void Add(HpackEntry entry)
    {
        int size = Size(entry);
        Shrink(_capacity - size);
        if (size > _capacity)
        {
            return;
        }

        if (Count == _entries.Length)
        {
            Grow();
        }

        _newest = (_newest + 1) & (_entries.Length - 1);
        _entries[_newest] = entry;
        _bytes += size;
        Count++;
    }

    /// <summary>Changes how many bytes fit (RFC 7541 section 4.3).</summary>
    public void Resize(int capacity)
    {
        _capacity = Math.Min(capacity, MaxBytes);
        Shrink(_capacity);
    }

    /// <summary>Forgets all entries.</summary>
    public void Clear() => Shrink(0);

    private static int Size(HpackEntry entry) => entry.Name.Length + entry.Value.Length + EntryOverhead;

    private void Shrink(int bytes)
    {
        while (Count > 0 && _bytes > bytes)
        {
            int oldest = (_newest - Count + 1) & (_entries.Length - 1);
            _bytes -= Size(_entries[oldest]);
            _entries[oldest] = default;
            Count--;
        }
    }

    private void Grow()
    {
        var larger = new HpackEntry[Math.Max(8, _entries.Length * 2)];
        for (int i = 0; i < Count; i++)
        {
            larger[i] = _entries[(_newest - Count + 1 + i) & (_entries.Length - 1)];
        }

        _entries = larger;
        _newest = Count - 1;
    }
}
