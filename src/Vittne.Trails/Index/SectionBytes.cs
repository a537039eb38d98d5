using System.Buffers.Binary;

namespace Vittne.Trails.Index;

/// <summary>Bytes of a section that grows number by number, little endian.</summary>
internal sealed class SectionBytes
{
    private byte[] _bytes = new byte[256];

    /// <summary>Bytes so far.</summary>
    public int Length { get; private set; }

    /// <summary>Adds four bytes.</summary>
    public void Add(uint value)
    {
        Reserve(sizeof(uint));
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(Length), value);
        Length += sizeof(uint);
    }

    /// <summary>Adds eight bytes.</summary>
    public void Add(ulong value)
    {
        Reserve(sizeof(ulong));
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.AsSpan(Length), value);
        Length += sizeof(ulong);
    }

    /// <summary>The section.</summary>
    public BuiltSection ToSection(SectionId id, uint p0) => new(id, _bytes[..Length]) { P0 = p0 };

    private void Reserve(int length)
    {
        if (Length + length > _bytes.Length)
        {
            Array.Resize(ref _bytes, _bytes.Length * 2);
        }
    }
}
