using Vittne.Trails.Lists;

namespace Vittne.Trails.Index;

/// <summary>
/// Builds one table: brings indicators with one key together, weighs what is said of them, applies the clean-up. Buckets do not know of
/// each other, so that a large table is built in parts; put together they are the same as one, whatever their number.
/// </summary>
internal sealed class TableBuild
{
    /// <summary>Keys of a part: some 10 ms of work.</summary>
    private const int KeysPerPart = 65_536;

    private readonly SectionId _id;
    private readonly ListSet _set;
    private readonly uint _buckets;
    private readonly EntryRef[] _added;
    private readonly ulong[] _hashes;

    /// <summary>A build of the table.</summary>
    public TableBuild(SectionId id, ListSet set, int count)
    {
        _id = id;
        _set = set;
        _added = new EntryRef[count];
        _hashes = new ulong[count];
        _buckets = KeyTableWriter.BucketsFor(count);
    }

    /// <summary>Which table it is.</summary>
    public SectionId Id => _id;

    /// <summary>How many indicators there are, doubles included.</summary>
    public int EntryCount { get; private set; }

    /// <summary>The parts in the order of their buckets; after <see cref="Distribute"/>.</summary>
    public IReadOnlyList<TablePart> Parts { get; private set; } = [];

    /// <summary>Adds an indicator.</summary>
    public void Add(EntryRef place) => _added[EntryCount++] = place;

    /// <summary>Brings the indicators into the order of their buckets and makes the parts.</summary>
    public void Distribute(Cleanup cleanup)
    {
        byte[] scratch = new byte[IndicatorParser.MaxLength + 1];
        bool isTyped = TableKind.IsTyped(_id);
        int[] starts = new int[_buckets + 2];
        for (int i = 0; i < EntryCount; i++)
        {
            ref readonly ListEntry entry = ref _set.Entry(_added[i]);
            ReadOnlySpan<byte> key = _set.Lists[_added[i].List].KeyOf(entry);
            _hashes[i] = TableKind.HashOf(_id, _set.Hash, isTyped ? KeyText.WriteTyped(entry.Kind, key, scratch) : key);
            starts[KeyTable.BucketOf(_hashes[i], _buckets) + 2]++;
        }

        for (int i = 2; i < starts.Length; i++)
        {
            starts[i] += starts[i - 1];
        }

        EntryRef[] entries = new EntryRef[EntryCount];
        ulong[] hashes = new ulong[EntryCount];
        for (int i = 0; i < EntryCount; i++)
        {
            int to = starts[KeyTable.BucketOf(_hashes[i], _buckets) + 1]++;
            entries[to] = _added[i];
            hashes[to] = _hashes[i];
        }

        var parts = new List<TablePart>();
        uint bucketsPerPart = KeysPerPart / 2;
        for (uint first = 0; first < _buckets; first += bucketsPerPart)
        {
            int start = starts[first];
            int end = starts[Math.Min(first + bucketsPerPart, _buckets)];
            parts.Add(new TablePart(_id, _set, cleanup, _buckets, entries.AsMemory(start..end), hashes.AsMemory(start..end)));
        }

        Parts = parts;
    }

    /// <summary>The table, when all parts were built.</summary>
    public BuiltSection Section() => KeyTableWriter.Join(_id, _buckets, [.. Parts.Select(part => part.Keys)]);
}
