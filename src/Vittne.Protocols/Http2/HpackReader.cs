namespace Vittne.Protocols.Http2;

/// <summary>Reads the integers and texts of a header block (RFC 7541 section 5).</summary>
/// <param name="block">The block.</param>
/// <param name="scratch">Room for decoded texts of one field.</param>
internal ref struct HpackReader(ReadOnlySpan<byte> block, Span<byte> scratch)
{
    // No length or index that can be true needs more than 28 bits.
    private const int MaxShift = 21;

    private readonly Span<byte> _scratch = scratch;
    private ReadOnlySpan<byte> _rest = block;
    private int _used;

    /// <summary>True when nothing is left.</summary>
    public readonly bool IsEmpty => _rest.IsEmpty;

    /// <summary>The next byte; there must be one.</summary>
    public readonly byte Next => _rest[0];

    /// <summary>Begins a field: the texts of the one before are not needed any more.</summary>
    public void BeginField() => _used = 0;

    /// <summary>Reads an integer whose first bits share a byte with others.</summary>
    /// <param name="prefixBits">How many bits of the first byte belong to it.</param>
    /// <param name="value">Its value.</param>
    /// <returns>False when it does not end in the block, or cannot be true.</returns>
    public bool TryReadInteger(int prefixBits, out int value)
    {
        value = 0;
        if (_rest.IsEmpty)
        {
            return false;
        }

        int mask = (1 << prefixBits) - 1;
        value = _rest[0] & mask;
        _rest = _rest[1..];
        if (value < mask)
        {
            return true;
        }

        for (int shift = 0; shift <= MaxShift && !_rest.IsEmpty; shift += 7)
        {
            byte b = _rest[0];
            _rest = _rest[1..];
            value += (b & 0x7F) << shift;
            if ((b & 0x80) == 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads a text; it stays valid until the next field begins.</summary>
    public bool TryReadText(out ReadOnlySpan<byte> text)
    {
        text = default;
        bool isCoded = !_rest.IsEmpty && (_rest[0] & 0x80) != 0;
        if (!TryReadInteger(7, out int length) || length > _rest.Length)
        {
            return false;
        }

        text = _rest[..length];
        _rest = _rest[length..];
        if (!isCoded)
        {
            return true;
        }

        Span<byte> room = _scratch[_used..];
        if (!HpackHuffman.TryDecode(text, room, out int decoded))
        {
            return false;
        }

        text = room[..decoded];
        _used += decoded;
        return true;
    }
}
