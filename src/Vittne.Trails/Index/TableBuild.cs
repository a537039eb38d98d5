using Vittne.Trails.Lists;

namespace Vittne.Trails.Index;

/// <summary>Builds one table: brings indicators with one key together, weighs what is said of them, applies the clean-up.</summary>
internal sealed class TableBuild
{
    private readonly SectionId _id;
    private readonly ListSet _set;
    private readonly Cleanup _cleanup;
    private readonly SayingPicker _picker;
    private readonly EntryRef[] _entries;
    private readonly ulong[] _hashes;
    private int _count;

    /// <summary>A build of the table.</summary>
    public TableBuild(SectionId id, ListSet set, Cleanup cleanup, int count)
    {
        _id = id;
        _set = set;
        _cleanup = cleanup;
        _picker = new SayingPicker(set);
        _entries = new EntryRef[count];
        _hashes = new ulong[count];
    }

    /// <summary>How many indicators there are, doubles included.</summary>
    public int EntryCount => _count;

    /// <summary>The table; after <see cref="Run"/>.</summary>
    public BuiltSection? Section { get; private set; }

    /// <summary>Rows of the trails in the order of their keys.</summary>
    public RowList Rows { get; } = new();

    /// <summary>Kinds of the trails, counted.</summary>
    public long[] Kinds { get; } = new long[(int)TrailKind.FileHash + 1];

    /// <summary>Keys of dropped indicators, the kind in front.</summary>
    public List<byte[]> DroppedKeys { get; } = [];

    /// <summary>Their rows.</summary>
    public RowList DroppedRows { get; } = new();

    /// <summary>Networks with their place in the table; only for the table of networks.</summary>
    public List<(IpNetwork Network, int Value)> Networks { get; } = [];

    /// <summary>Adds an indicator.</summary>
    public void Add(EntryRef place) => _entries[_count++] = place;

    /// <summary>Builds the table.</summary>
    public void Run()
    {
        bool isTyped = TableKind.IsTyped(_id);
        uint buckets = KeyTableWriter.BucketsFor(_count);
        var writer = new KeyTableWriter(_id, buckets, _count);
        (EntryRef[] entries, ulong[] hashes, int[] starts) = Sorted(buckets, isTyped);
        Span<byte> scratch = stackalloc byte[IndicatorParser.MaxLength + 1];
        var lines = new List<uint>();
        for (int bucket = 0; bucket < buckets; bucket++)
        {
            int end = starts[bucket + 1];
            for (int at = starts[bucket]; at < end;)
            {
                int next = at + 1;
                while (next < end && hashes[next] == hashes[at] && IsSameKey(entries[next], entries[at]))
                {
                    next++;
                }

                AddGroup(writer, hashes[at], entries.AsSpan(at, next - at), isTyped, scratch, lines);
                at = next;
            }
        }

        Section = writer.Build();
    }

    private void AddGroup(KeyTableWriter writer, ulong hash, ReadOnlySpan<EntryRef> group, bool isTyped, Span<byte> scratch, List<uint> lines)
    {
        ref readonly ListEntry first = ref _set.Entry(group[0]);
        ReadOnlySpan<byte> key = _set.Key(group[0]);
        TrailMeta meta = _picker.Pick(group, first.Kind, out bool isFinal);
        lines.Clear();
        foreach (EntryRef place in group)
        {
            lines.Add(_set.Line(place));
        }

        ReadOnlySpan<uint> sources = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(lines);
        DropRule rule = _cleanup.RuleFor(first.Kind, key, meta.Info, isFinal);
        if (rule != DropRule.None)
        {
            DroppedKeys.Add(KeyText.WriteTyped(first.Kind, key, scratch).ToArray());
            DroppedRows.Add(meta, sources);
            DroppedRows.Rules.Add(rule);
            return;
        }

        if (_id == SectionId.Networks)
        {
            Networks.Add((KeyText.ReadNetwork(key), writer.Count));
        }

        writer.Add(hash, isTyped ? KeyText.WriteTyped(first.Kind, key, scratch) : key);
        Rows.Add(meta, sources);
        Kinds[(int)first.Kind]++;
    }

    /// <summary>Brings the indicators into buckets, ordered within by hash, key and line.</summary>
    private (EntryRef[] Entries, ulong[] Hashes, int[] Starts) Sorted(uint buckets, bool isTyped)
    {
        Span<byte> scratch = stackalloc byte[IndicatorParser.MaxLength + 1];
        int[] starts = new int[buckets + 2];
        for (int i = 0; i < _count; i++)
        {
            ReadOnlySpan<byte> key = _set.Key(_entries[i]);
            _hashes[i] = TableKind.HashOf(_id, _set.Hash, isTyped ? KeyText.WriteTyped(_set.Entry(_entries[i]).Kind, key, scratch) : key);
            starts[KeyTable.BucketOf(_hashes[i], buckets) + 2]++;
        }

        for (int i = 2; i < starts.Length; i++)
        {
            starts[i] += starts[i - 1];
        }

        EntryRef[] entries = new EntryRef[_count];
        ulong[] hashes = new ulong[_count];
        for (int i = 0; i < _count; i++)
        {
            int to = starts[KeyTable.BucketOf(_hashes[i], buckets) + 1]++;
            entries[to] = _entries[i];
            hashes[to] = _hashes[i];
        }

        for (int bucket = 0; bucket < buckets; bucket++)
        {
            int length = starts[bucket + 1] - starts[bucket];
            if (length > 1)
            {
                // Equal hashes stay in the order of their lines, which the sort of pairs would not keep: sort by hash, then each run.
                hashes.AsSpan(starts[bucket], length).Sort(entries.AsSpan(starts[bucket], length));
                SortRuns(entries.AsSpan(starts[bucket], length), hashes.AsSpan(starts[bucket], length));
            }
        }

        return (entries, hashes, starts);
    }

    private void SortRuns(Span<EntryRef> entries, ReadOnlySpan<ulong> hashes)
    {
        for (int at = 0; at < entries.Length;)
        {
            int next = at + 1;
            while (next < entries.Length && hashes[next] == hashes[at])
            {
                next++;
            }

            if (next - at > 1)
            {
                entries[at..next].Sort(Compare);
            }

            at = next;
        }
    }

    private int Compare(EntryRef a, EntryRef b)
    {
        int order = _set.Key(a).SequenceCompareTo(_set.Key(b));
        order = order != 0 ? order : _set.Entry(a).Kind.CompareTo(_set.Entry(b).Kind);
        order = order != 0 ? order : a.List.CompareTo(b.List);
        return order != 0 ? order : a.Entry.CompareTo(b.Entry);
    }

    private bool IsSameKey(EntryRef a, EntryRef b) => _set.Entry(a).Kind == _set.Entry(b).Kind && _set.Key(a).SequenceEqual(_set.Key(b));
}
