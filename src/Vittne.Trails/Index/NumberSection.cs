using System.Buffers.Binary;

namespace Vittne.Trails.Index;

/// <summary>A section of rows of 32-bit numbers. What lies outside is 0.</summary>
internal sealed class NumberSection
{
    private readonly IndexBytes _bytes;
    private readonly long _at;
    private readonly int _columns;

    /// <summary>The rows of a section: P0 rows of so many numbers.</summary>
    /// <exception cref="IndexFormatException">The section has another length.</exception>
    public NumberSection(IndexBytes bytes, in IndexSection section, int columns, string path)
    {
        _bytes = bytes;
        _at = section.Offset;
        _columns = columns;
        Count = (int)section.P0;
        if (Count < 0 || (long)Count * columns * sizeof(uint) != section.Length)
        {
            throw IndexHeader.Damaged(path);
        }
    }

    /// <summary>How many rows there are.</summary>
    public int Count { get; }

    /// <summary>One number.</summary>
    public uint this[long row, int column] =>
        (ulong)row >= (ulong)Count ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(_bytes.Slice(_at + (((row * _columns) + column) * sizeof(uint)), sizeof(uint)));
}
