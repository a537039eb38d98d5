using System.Buffers.Binary;
using System.Text;

namespace Vittne.Trails.Index;

/// <summary>The texts of an index by number.</summary>
internal sealed class TextTable
{
    private readonly IndexBytes _bytes;
    private readonly long _endsAt;
    private readonly long _textAt;
    private readonly long _textLength;
    private readonly uint _count;

    /// <summary>The texts of a section: P0 texts.</summary>
    /// <exception cref="IndexFormatException">The section is too short for them.</exception>
    public TextTable(IndexBytes bytes, in IndexSection section, string path)
    {
        _bytes = bytes;
        _count = section.P0;
        _endsAt = section.Offset;
        _textAt = section.Offset + (_count * 4L);
        _textLength = section.Length - (_count * 4L);
        if (_textLength < 0)
        {
            throw IndexHeader.Damaged(path);
        }
    }

    /// <summary>One text; empty when there is none of that number.</summary>
    public string this[uint number]
    {
        get
        {
            if (number >= _count)
            {
                return "";
            }

            uint start = number == 0 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(_bytes.Slice(_endsAt + ((number - 1) * 4L), sizeof(uint)));
            uint end = BinaryPrimitives.ReadUInt32LittleEndian(_bytes.Slice(_endsAt + (number * 4L), sizeof(uint)));
            return start > end || end > _textLength ? "" : Encoding.UTF8.GetString(_bytes.Slice(_textAt + start, (int)(end - start)));
        }
    }
}
