using System.Buffers;

namespace Vittne.Protocols.Http2;

/// <summary>
/// Decodes the header blocks of one direction (RFC 7541), in the order in which they were sent. When a block is missing or damaged, the entries
/// that it would have added are unknown from then on; all that stands in the clear, in the static table or in later entries is still read.
/// </summary>
internal sealed class HpackDecoder
{
    private readonly HpackTable _table = new();
    private bool _hasLost;

    /// <summary>A block was not seen: entries of the table are unknown.</summary>
    public void Lose()
    {
        _table.Clear();
        _hasLost = true;
    }

    /// <summary>Decodes a block.</summary>
    /// <param name="block">The block, put together.</param>
    /// <param name="head">Takes the fields.</param>
    /// <returns>False when the block is damaged: the fields before the damage were given.</returns>
    public bool TryDecode(ReadOnlySpan<byte> block, Http2HeadBuilder head)
    {
        byte[] scratch = ArrayPool<byte>.Shared.Rent(HpackHuffman.MaxLength(block.Length) + 1);
        var reader = new HpackReader(block, scratch);
        bool isGood = true;
        while (isGood && !reader.IsEmpty)
        {
            reader.BeginField();
            isGood = reader.Next switch
            {
                >= 0x80 => TryReadIndexed(ref reader, head),
                >= 0x40 => TryReadLiteral(ref reader, prefixBits: 6, isKept: true, head),
                >= 0x20 => TryResize(ref reader),
                _ => TryReadLiteral(ref reader, prefixBits: 4, isKept: false, head),
            };
        }

        ArrayPool<byte>.Shared.Return(scratch);
        if (!isGood)
        {
            Lose();
        }

        return isGood;
    }

    private bool TryReadIndexed(ref HpackReader reader, Http2HeadBuilder head)
    {
        if (!reader.TryReadInteger(7, out int index) || !TryFind(index, out HpackEntry entry))
        {
            return false;
        }

        if (entry.Name is { Length: > 0 })
        {
            head.Add(entry.Name, entry.Value);
        }

        return true;
    }

    private bool TryReadLiteral(ref HpackReader reader, int prefixBits, bool isKept, Http2HeadBuilder head)
    {
        if (!reader.TryReadInteger(prefixBits, out int index))
        {
            return false;
        }

        HpackEntry named = default;
        ReadOnlySpan<byte> name = default;
        if (index == 0 ? !reader.TryReadText(out name) : !TryFind(index, out named))
        {
            return false;
        }

        if (!reader.TryReadText(out ReadOnlySpan<byte> value))
        {
            return false;
        }

        name = index == 0 ? name : named.Name;
        if (!name.IsEmpty)
        {
            head.Add(name, value);
        }

        if (isKept)
        {
            _table.Add(new HpackEntry(index == 0 ? name.ToArray() : named.Name ?? [], value.ToArray()));
        }

        return true;
    }

    private bool TryResize(ref HpackReader reader)
    {
        if (!reader.TryReadInteger(5, out int capacity))
        {
            return false;
        }

        // Beyond what is kept here, older entries are unknown, as if they were lost.
        _hasLost |= capacity > HpackTable.MaxBytes;
        _table.Resize(capacity);
        return true;
    }

    /// <summary>Finds an entry; one that was lost is found without a name.</summary>
    private bool TryFind(int index, out HpackEntry entry)
    {
        entry = default;
        if (index < 1)
        {
            return false;
        }

        if (index <= HpackStaticTable.Count)
        {
            entry = HpackStaticTable.Get(index);
            return true;
        }

        return _table.TryGet(index - HpackStaticTable.Count, out entry) || _hasLost;
    }
}
