using System.Buffers.Binary;
using System.Text;

namespace Vittne.TestKit;

/// <summary>Builds messages by hand so that a test reads like the diagram in the RFC. Fields are in network order.</summary>
public sealed class Bytes
{
    private readonly List<byte> _bytes = [];

    /// <summary>Bytes so far.</summary>
    public int Length => _bytes.Count;

    public static implicit operator ReadOnlySpan<byte>(Bytes bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return bytes.ToArray();
    }

    public Bytes U8(int value)
    {
        _bytes.Add((byte)value);
        return this;
    }

    public Bytes U16(int value)
    {
        Span<byte> two = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(two, (ushort)value);
        _bytes.AddRange(two);
        return this;
    }

    public Bytes U24(int value) => U8(value >> 16).U16(value);

    public Bytes U32(long value)
    {
        Span<byte> four = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(four, (uint)value);
        _bytes.AddRange(four);
        return this;
    }

    public Bytes Raw(ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public Bytes Hex(string digits) => Raw(Convert.FromHexString(digits));

    public Bytes Text(string latin1) => Raw(Encoding.Latin1.GetBytes(latin1));

    public Bytes TextZ(string latin1) => Text(latin1).U8(0);

    public Bytes Repeat(int value, int count)
    {
        _bytes.AddRange(Enumerable.Repeat((byte)value, count));
        return this;
    }

    /// <summary>A part with its length before it in 8, 16, 24 or 32 bits.</summary>
    public Bytes Prefixed(int lengthBits, Bytes part)
    {
        ArgumentNullException.ThrowIfNull(part);
        for (int shift = lengthBits - 8; shift >= 0; shift -= 8)
        {
            U8(part.Length >> shift);
        }

        return Raw(part);
    }

    public byte[] ToArray() => [.. _bytes];
}
