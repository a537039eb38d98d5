using System.Runtime.InteropServices;
using Vittne.Trails.Lists;

namespace Vittne.Trails.Index;

/// <summary>Some neighbouring buckets of a table under construction.</summary>
/// <param name="id">The table.</param>
/// <param name="set">The lists.</param>
/// <param name="cleanup">What keeps indicators out.</param>
/// <param name="buckets">Buckets of the whole table.</param>
/// <param name="entries">The indicators, bucket by bucket.</param>
/// <param name="hashes">Their hashes.</param>
internal sealed class TablePart(SectionId id, ListSet set, Cleanup cleanup, uint buckets, Memory<EntryRef> entries, Memory<ulong> hashes)
{
    private readonly SayingPicker _picker = new(set);
    private readonly bool _isTyped = TableKind.IsTyped(id);
    private readonly byte[] _scratch = new byte[IndicatorParser.MaxLength + 1];
    private readonly List<uint> _lines = [];

    /// <summary>How many indicators there are, doubles included.</summary>
    public int EntryCount => entries.Length;

    /// <summary>Keys of the trails.</summary>
    public KeyTableWriter Keys { get; } = new(entries.Length);

    /// <summary>Rows of the trails in the order of their keys.</summary>
    public RowList Rows { get; } = new();

    /// <summary>Kinds of the trails, counted.</summary>
    public long[] Kinds { get; } = new long[(int)TrailKind.FileHash + 1];

    /// <summary>Keys of dropped indicators, the kind in front.</summary>
    public List<byte[]> DroppedKeys { get; } = [];

    /// <summary>Their rows.</summary>
    public RowList DroppedRows { get; } = new();

    /// <summary>Networks with their place in this part; only for the table of networks.</summary>
    public List<(IpNetwork Network, int Value)> Networks { get; } = [];

    /// <summary>Builds the part.</summary>
    public void Run()
    {
        Span<EntryRef> entriesOfAll = entries.Span;
        Span<ulong> hashesOfAll = hashes.Span;
        for (int start = 0; start < entriesOfAll.Length;)
        {
            uint bucket = KeyTable.BucketOf(hashesOfAll[start], buckets);
            int end = start + 1;
            while (end < entriesOfAll.Length && KeyTable.BucketOf(hashesOfAll[end], buckets) == bucket)
            {
                end++;
            }

            AddBucket(entriesOfAll[start..end], hashesOfAll[start..end]);
            start = end;
        }
    }

    private void AddBucket(Span<EntryRef> bucket, Span<ulong> bucketHashes)
    {
        if (bucket.Length > 1)
        {
            // Equal hashes come in no order out of the sort of pairs: each run of them is sorted by key and line below.
            bucketHashes.Sort(bucket);
        }

        for (int at = 0; at < bucket.Length;)
        {
            int next = at + 1;
            while (next < bucket.Length && bucketHashes[next] == bucketHashes[at])
            {
                next++;
            }

            if (next - at > 1)
            {
                bucket[at..next].Sort(Compare);
            }

            AddGroups(bucketHashes[at], bucket[at..next]);
            at = next;
        }
    }

    /// <summary>Adds indicators of one hash; nearly always they have one key too.</summary>
    private void AddGroups(ulong hash, ReadOnlySpan<EntryRef> run)
    {
        for (int at = 0; at < run.Length;)
        {
            int next = at + 1;
            while (next < run.Length && IsSameKey(run[next], run[at]))
            {
                next++;
            }

            AddGroup(hash, run[at..next]);
            at = next;
        }
    }

    private void AddGroup(ulong hash, ReadOnlySpan<EntryRef> group)
    {
        ref readonly ListEntry first = ref set.Entry(group[0]);
        ReadOnlySpan<byte> key = set.Lists[group[0].List].KeyOf(first);
        TrailMeta meta = _picker.Pick(group, first.Kind, out bool isFinal);
        _lines.Clear();
        foreach (EntryRef place in group)
        {
            _lines.Add(set.Line(place));
        }

        ReadOnlySpan<uint> sources = CollectionsMarshal.AsSpan(_lines);
        DropRule rule = cleanup.RuleFor(first.Kind, key, meta.Info, isFinal, _scratch);
        if (rule == DropRule.None && !isFinal && meta.Category == TrailCategory.Feed)
        {
            rule = cleanup.RuleForFeeds(first.Kind, key, meta.Severity, FeedsIn(group));
        }

        if (rule != DropRule.None)
        {
            DroppedKeys.Add(KeyText.WriteTyped(first.Kind, key, _scratch).ToArray());
            DroppedRows.Add(meta, sources);
            DroppedRows.Rules.Add(rule);
            return;
        }

        if (id == SectionId.Networks)
        {
            Networks.Add((KeyText.ReadNetwork(key), Keys.Count));
        }

        Keys.Add(hash, _isTyped ? KeyText.WriteTyped(first.Kind, key, _scratch) : key);
        Rows.Add(meta, sources);
        Kinds[(int)first.Kind]++;
    }

    /// <summary>How many lists tell the indicator; neighbours in a group are sorted by list.</summary>
    private static int FeedsIn(ReadOnlySpan<EntryRef> group)
    {
        int lists = 0;
        for (int i = 0; i < group.Length; i++)
        {
            lists += i == 0 || group[i].List != group[i - 1].List ? 1 : 0;
        }

        return lists;
    }

    private int Compare(EntryRef a, EntryRef b)
    {
        int order = set.Key(a).SequenceCompareTo(set.Key(b));
        order = order != 0 ? order : set.Entry(a).Kind.CompareTo(set.Entry(b).Kind);
        order = order != 0 ? order : a.List.CompareTo(b.List);
        return order != 0 ? order : a.Entry.CompareTo(b.Entry);
    }

    private bool IsSameKey(EntryRef a, EntryRef b) => set.Entry(a).Kind == set.Entry(b).Kind && set.Key(a).SequenceEqual(set.Key(b));
}
