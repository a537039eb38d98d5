using System.Buffers.Binary;

namespace Vittne.Trails.Index;

/// <summary>Collects keys in the order of their buckets and lays out a <see cref="KeyTable"/>.</summary>
/// <param name="room">How many keys to expect.</param>
internal sealed class KeyTableWriter(int room)
{
    /// <summary>Filter bits a key: two bytes, so that one miss in 70 gets past it.</summary>
    private const int FilterBitsPerKey = 16;

    private ulong[] _hashes = new ulong[Math.Max(room, 4)];
    private int[] _ends = new int[Math.Max(room, 4)];
    private byte[] _keys = new byte[Math.Max(room * 20, 64)];
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
        _ends[Count] = _keysLength;
        Count++;
    }

    /// <summary>The table of all keys of the parts, which follow each other.</summary>
    public static BuiltSection Join(SectionId id, uint buckets, IReadOnlyList<KeyTableWriter> parts)
    {
        int width = TableKind.WidthOf(id);
        int count = parts.Sum(part => part.Count);
        long keysLength = parts.Sum(part => (long)part._keysLength);
        uint words = (uint)Math.Max(1, ((long)count * FilterBitsPerKey / 64) + 1);
        long directoryAt = words * 8L;
        long endsAt = directoryAt + ((buckets + 1L) * 4);
        long tagsAt = endsAt + (width == 0 ? count * 4L : 0);
        long length = tagsAt + count + keysLength;
        if (length > Array.MaxLength)
        {
            throw new InvalidDataException("the index would be larger than 2 GiB; build with fewer lists");
        }

        byte[] bytes = new byte[length];
        Span<byte> filter = bytes.AsSpan(0, (int)directoryAt);
        Span<byte> directory = bytes.AsSpan((int)directoryAt, (int)(endsAt - directoryAt));
        Span<byte> ends = bytes.AsSpan((int)endsAt, (int)(tagsAt - endsAt));
        Span<byte> tags = bytes.AsSpan((int)tagsAt, count);
        Span<byte> keys = bytes.AsSpan((int)tagsAt + count);
        int number = 0;
        int keyBase = 0;
        uint nextBucket = 0;
        foreach (KeyTableWriter part in parts)
        {
            for (int i = 0; i < part.Count; i++, number++)
            {
                ulong hash = part._hashes[i];
                Span<byte> word = filter.Slice((int)KeyTable.FilterWordOf(hash, words) * sizeof(ulong), sizeof(ulong));
                BinaryPrimitives.WriteUInt64LittleEndian(word, BinaryPrimitives.ReadUInt64LittleEndian(word) | KeyTable.FilterBitsOf(hash));
                for (uint bucket = KeyTable.BucketOf(hash, buckets); nextBucket <= bucket; nextBucket++)
                {
                    BinaryPrimitives.WriteUInt32LittleEndian(directory[((int)nextBucket * sizeof(uint))..], (uint)number);
                }

                if (width == 0)
                {
                    BinaryPrimitives.WriteUInt32LittleEndian(ends[(number * sizeof(uint))..], (uint)(keyBase + part._ends[i]));
                }

                tags[number] = KeyTable.TagOf(hash);
            }

            part._keys.AsSpan(0, part._keysLength).CopyTo(keys[keyBase..]);
            keyBase += part._keysLength;
        }

        for (; nextBucket <= buckets; nextBucket++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(directory[((int)nextBucket * sizeof(uint))..], (uint)number);
        }

        return new BuiltSection(id, bytes) { P0 = (uint)count, P1 = buckets, P2 = words, P3 = (uint)width, P4 = (uint)keysLength };
    }

    /// <summary>A table of few distinct keys that come in any order.</summary>
    public static BuiltSection Of(SectionId id, TrailHash hash, IReadOnlyCollection<byte[]> keys, out List<byte[]> order)
    {
        uint buckets = BucketsFor(keys.Count);
        var writer = new KeyTableWriter(keys.Count);
        order = [.. keys.OrderBy(key => TableKind.HashOf(id, hash, key)).ThenBy(Convert.ToHexString, StringComparer.Ordinal)];
        foreach (byte[] key in order)
        {
            writer.Add(TableKind.HashOf(id, hash, key), key);
        }

        return Join(id, buckets, [writer]);
    }
}
