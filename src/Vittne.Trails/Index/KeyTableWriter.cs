using System.Buffers.Binary;

namespace Vittne.Trails.Index;

/// <summary>Collects keys in the order of their buckets and lays out a <see cref="KeyTable"/>.</summary>
/// <param name="id">The section.</param>
/// <param name="buckets">Number of buckets.</param>
/// <param name="room">How many keys to expect.</param>
internal sealed class KeyTableWriter(SectionId id, uint buckets, int room)
{
    /// <summary>Filter bits a key: two bytes, so that one miss in 70 gets past it.</summary>
    private const int FilterBitsPerKey = 16;

    private readonly uint[] _directory = new uint[buckets + 1];
    private ulong[] _hashes = new ulong[Math.Max(room, 4)];
    private uint[] _ends = new uint[Math.Max(room, 4)];
    private byte[] _keys = new byte[Math.Max(room * 16, 64)];
    private int _keysLength;

    /// <summary>How many keys there are.</summary>
    public int Count { get; private set; }

    /// <summary>Buckets for a number of keys.</summary>
    public static uint BucketsFor(int keys) => (uint)Math.Max(1, keys / 2);

    /// <summary>Adds a key; keys come bucket by bucket.</summary>
    public void Add(ulong hash, ReadOnlySpan<byte> key)
    {
        if (Count == _hashes.Length)
        {
            Array.Resize(ref _hashes, Count * 2);
            Array.Resize(ref _ends, Count * 2);
        }

        if (_keysLength + key.Length > _keys.Length)
        {
            Array.Resize(ref _keys, Math.Max(_keys.Length * 2, _keysLength + key.Length));
        }

        key.CopyTo(_keys.AsSpan(_keysLength));
        _keysLength += key.Length;
        _hashes[Count] = hash;
        _ends[Count] = (uint)_keysLength;
        Count++;
        _directory[KeyTable.BucketOf(hash, buckets) + 1] = (uint)Count;
    }

    /// <summary>The table.</summary>
    public BuiltSection Build()
    {
        int width = TableKind.WidthOf(id);
        uint words = (uint)Math.Max(1, ((long)Count * FilterBitsPerKey / 64) + 1);
        long length = (words * 8L) + ((buckets + 1L) * 4) + (width == 0 ? Count * 4L : 0) + Count + _keysLength;
        byte[] bytes = new byte[length];
        Span<byte> rest = bytes;
        for (int i = 0; i < Count; i++)
        {
            Span<byte> word = rest[(int)(KeyTable.FilterWordOf(_hashes[i], words) * 8)..];
            BinaryPrimitives.WriteUInt64LittleEndian(word, BinaryPrimitives.ReadUInt64LittleEndian(word) | KeyTable.FilterBitsOf(_hashes[i]));
        }

        rest = rest[(int)(words * 8)..];
        uint end = 0;
        foreach (uint entry in _directory)
        {
            // Empty buckets end where the one before them ended.
            end = Math.Max(end, entry);
            BinaryPrimitives.WriteUInt32LittleEndian(rest, end);
            rest = rest[4..];
        }

        for (int i = 0; width == 0 && i < Count; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(rest, _ends[i]);
            rest = rest[4..];
        }

        for (int i = 0; i < Count; i++)
        {
            rest[i] = KeyTable.TagOf(_hashes[i]);
        }

        _keys.AsSpan(0, _keysLength).CopyTo(rest[Count..]);
        return new BuiltSection(id, bytes) { P0 = (uint)Count, P1 = buckets, P2 = words, P3 = (uint)width, P4 = (uint)_keysLength };
    }

    /// <summary>A table of few distinct keys that come in any order.</summary>
    public static BuiltSection Of(SectionId id, TrailHash hash, IReadOnlyCollection<byte[]> keys, out List<byte[]> order)
    {
        uint buckets = BucketsFor(keys.Count);
        var writer = new KeyTableWriter(id, buckets, keys.Count);
        order = [.. keys.OrderBy(key => TableKind.HashOf(id, hash, key)).ThenBy(Convert.ToHexString, StringComparer.Ordinal)];
        foreach (byte[] key in order)
        {
            writer.Add(TableKind.HashOf(id, hash, key), key);
        }

        return writer.Build();
    }
}
