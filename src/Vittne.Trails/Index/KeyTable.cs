using System.Buffers.Binary;

namespace Vittne.Trails.Index;

/// <summary>
/// Keys with dense numbers, found by hash: a filter (two bits in one 64-bit word, 16 bits a key), then buckets of neighbouring keys, a tag
/// byte each, then the key itself, compared whole. A miss costs one word of the filter; nothing is trusted that the file says of places.
/// <code>filter u64[F] · directory u32[B + 1] · ends u32[N] unless keys have one width · tags u8[N] · keys</code>
/// </summary>
internal sealed class KeyTable
{
    /// <summary>Keys of a bucket looked at; the build keeps buckets far shorter.</summary>
    public const int LongestBucket = 1024;

    private readonly IndexBytes _bytes;
    private readonly long _filterAt;
    private readonly long _directoryAt;
    private readonly long _endsAt;
    private readonly long _tagsAt;
    private readonly long _keysAt;
    private readonly uint _buckets;
    private readonly uint _filterWords;
    private readonly int _width;
    private readonly int _keysLength;

    /// <summary>A table in a section.</summary>
    /// <param name="bytes">The index.</param>
    /// <param name="section">The section: P0 keys, P1 buckets, P2 filter words, P3 width of keys or 0, P4 bytes of keys.</param>
    /// <param name="firstNumber">Number of the first key.</param>
    /// <param name="path">The index file, for complaints.</param>
    /// <exception cref="IndexFormatException">The numbers of the section do not fit its length.</exception>
    public KeyTable(IndexBytes bytes, in IndexSection section, int firstNumber, string path)
    {
        _bytes = bytes;
        FirstNumber = firstNumber;
        Count = (int)section.P0;
        _buckets = section.P1;
        _filterWords = section.P2;
        _width = (int)section.P3;
        _keysLength = (int)section.P4;
        _filterAt = section.Offset;
        _directoryAt = _filterAt + (_filterWords * 8L);
        _endsAt = _directoryAt + ((_buckets + 1L) * 4);
        _tagsAt = _endsAt + (_width == 0 ? section.P0 * 4L : 0);
        _keysAt = _tagsAt + section.P0;
        if (Count < 0 || _width < 0 || _keysLength < 0 || _buckets == 0 || _filterWords == 0 || _keysAt + _keysLength != section.Offset + section.Length
            || (_width > 0 && (long)_width * Count != _keysLength))
        {
            throw IndexHeader.Damaged(path);
        }
    }

    /// <summary>How many keys there are.</summary>
    public int Count { get; }

    /// <summary>Number of the first key; the others follow.</summary>
    public int FirstNumber { get; }

    /// <summary>Bucket of a hash.</summary>
    public static uint BucketOf(ulong hash, uint buckets) => (uint)(((hash >> 32) * buckets) >> 32);

    /// <summary>Word of the filter for a hash.</summary>
    public static uint FilterWordOf(ulong hash, uint words) => (uint)(((hash & uint.MaxValue) * words) >> 32);

    /// <summary>The two bits of the filter for a hash.</summary>
    public static ulong FilterBitsOf(ulong hash) => (1UL << (int)((hash >> 32) & 63)) | (1UL << (int)((hash >> 38) & 63));

    /// <summary>Tag of a hash.</summary>
    public static byte TagOf(ulong hash) => (byte)hash;

    /// <summary>False when no key has this hash; true says little.</summary>
    public bool MayHold(ulong hash)
    {
        ReadOnlySpan<byte> word = _bytes.Slice(_filterAt + (FilterWordOf(hash, _filterWords) * 8L), sizeof(ulong));
        ulong bits = FilterBitsOf(hash);
        return (BinaryPrimitives.ReadUInt64LittleEndian(word) & bits) == bits;
    }

    /// <summary>Finds a key.</summary>
    public bool TryFind(ulong hash, ReadOnlySpan<byte> key, out int number)
    {
        if (MayHold(hash) && TryFindInBucket(hash, key, out number))
        {
            return true;
        }

        number = -1;
        return false;
    }

    /// <summary>The key of a number of this table; empty when there is none.</summary>
    public ReadOnlySpan<byte> Key(int number) => KeyAt(number - FirstNumber);

    private bool TryFindInBucket(ulong hash, ReadOnlySpan<byte> key, out int number)
    {
        ReadOnlySpan<byte> pair = _bytes.Slice(_directoryAt + (BucketOf(hash, _buckets) * 4L), 2 * sizeof(uint));
        uint first = BinaryPrimitives.ReadUInt32LittleEndian(pair);
        uint end = Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(pair[4..]), (uint)Count);
        number = -1;
        if (first >= end || end - first > LongestBucket)
        {
            return false;
        }

        byte tag = TagOf(hash);
        ReadOnlySpan<byte> tags = _bytes.Slice(_tagsAt + first, (int)(end - first));
        for (int i = 0; i < tags.Length; i++)
        {
            if (tags[i] == tag && KeyAt((int)first + i).SequenceEqual(key))
            {
                number = FirstNumber + (int)first + i;
                return true;
            }
        }

        return false;
    }

    private ReadOnlySpan<byte> KeyAt(int at)
    {
        if ((uint)at >= (uint)Count)
        {
            return default;
        }

        if (_width > 0)
        {
            return _bytes.Slice(_keysAt + ((long)at * _width), _width);
        }

        uint start = at == 0 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(_bytes.Slice(_endsAt + ((at - 1) * 4L), sizeof(uint)));
        uint end = BinaryPrimitives.ReadUInt32LittleEndian(_bytes.Slice(_endsAt + (at * 4L), sizeof(uint)));
        return start > end || end > (uint)_keysLength ? default : _bytes.Slice(_keysAt + start, (int)(end - start));
    }
}
