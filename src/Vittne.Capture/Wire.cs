using System.Buffers.Binary;

namespace Vittne.Capture;

/// <summary>Numbers of a capture file in whichever byte order it has.</summary>
internal static class Wire
{
    /// <summary>Two bytes at a position.</summary>
    public static ushort UInt16(ReadOnlySpan<byte> data, int at, bool isBigEndian)
    {
        ushort value = BinaryPrimitives.ReadUInt16LittleEndian(data[at..]);
        return isBigEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    /// <summary>Four bytes at a position.</summary>
    public static uint UInt32(ReadOnlySpan<byte> data, int at, bool isBigEndian)
    {
        uint value = BinaryPrimitives.ReadUInt32LittleEndian(data[at..]);
        return isBigEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    /// <summary>Eight bytes at a position.</summary>
    public static ulong UInt64(ReadOnlySpan<byte> data, int at, bool isBigEndian)
    {
        ulong value = BinaryPrimitives.ReadUInt64LittleEndian(data[at..]);
        return isBigEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
    }

    /// <summary>A length rounded up to a multiple of 4.</summary>
    public static int Padded(int length) => (length + 3) & ~3;
}
