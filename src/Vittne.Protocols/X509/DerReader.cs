using System.Diagnostics.CodeAnalysis;

namespace Vittne.Protocols.X509;

/// <summary>
/// Reads DER elements from left to right (X.690 section 8.1). Definite lengths only, tags of one byte, lengths up to 2^24. Nothing is read
/// recursively here: the caller opens what it wants, and so decides the depth.
/// </summary>
/// <param name="data">The elements.</param>
internal ref struct DerReader(ReadOnlySpan<byte> data)
{
    private ReadOnlySpan<byte> _rest = data;

    /// <summary>True when all elements were read.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>Bytes that were not read yet.</summary>
    public readonly int RestLength => _rest.Length;

    /// <summary>Tag of the next element; 0 at the end.</summary>
    public readonly byte PeekTag => _rest.IsEmpty ? (byte)0 : _rest[0];

    /// <summary>Takes the next element.</summary>
    /// <param name="tag">Its tag byte.</param>
    /// <param name="content">What it holds.</param>
    /// <returns>False at the end, or when the element is not DER or not whole.</returns>
    [SuppressMessage("Style", "IDE0057:Use range operator", Justification = "Offset and length are what the format speaks of.")]
    public bool TryTake(out byte tag, out ReadOnlySpan<byte> content)
    {
        tag = 0;
        content = default;
        if (_rest.Length < 2 || (_rest[0] & 0x1F) == 0x1F)
        {
            return false;
        }

        int header = 2;
        int length = _rest[1];
        if (length >= 0x80)
        {
            int octets = length & 0x7F;
            if (octets is 0 or > 3 || _rest.Length < 2 + octets)
            {
                return false;
            }

            length = 0;
            for (int i = 0; i < octets; i++)
            {
                length = (length << 8) | _rest[2 + i];
            }

            header += octets;
        }

        if (length > _rest.Length - header)
        {
            return false;
        }

        tag = _rest[0];
        content = _rest.Slice(header, length);
        _rest = _rest[(header + length)..];
        return true;
    }

    /// <summary>Takes the next element when it has a tag; stays where it was when not.</summary>
    public bool TryTake(byte tag, out ReadOnlySpan<byte> content)
    {
        DerReader probe = this;
        if (PeekTag == tag && probe.TryTake(out _, out content))
        {
            this = probe;
            return true;
        }

        content = default;
        return false;
    }
}
