using System.Buffers.Binary;

namespace Vittne.Trails.Index;

/// <summary>A section of an index: where it is and the numbers that describe it.</summary>
internal readonly record struct IndexSection(SectionId Id, long Offset, long Length, ulong Checksum, uint P0, uint P1, uint P2, uint P3, uint P4)
{
    /// <summary>Size of an entry of the section table in bytes.</summary>
    public const int EntryLength = 48;

    /// <summary>Reads an entry of the section table.</summary>
    public static IndexSection Read(ReadOnlySpan<byte> entry) => new(
        (SectionId)BinaryPrimitives.ReadUInt32LittleEndian(entry),
        (long)BinaryPrimitives.ReadUInt64LittleEndian(entry[8..]),
        (long)BinaryPrimitives.ReadUInt64LittleEndian(entry[16..]),
        BinaryPrimitives.ReadUInt64LittleEndian(entry[24..]),
        BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]),
        BinaryPrimitives.ReadUInt32LittleEndian(entry[32..]),
        BinaryPrimitives.ReadUInt32LittleEndian(entry[36..]),
        BinaryPrimitives.ReadUInt32LittleEndian(entry[40..]),
        BinaryPrimitives.ReadUInt32LittleEndian(entry[44..]));

    /// <summary>Writes an entry of the section table.</summary>
    public void Write(Span<byte> entry)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(entry, (uint)Id);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[4..], P0);
        BinaryPrimitives.WriteUInt64LittleEndian(entry[8..], (ulong)Offset);
        BinaryPrimitives.WriteUInt64LittleEndian(entry[16..], (ulong)Length);
        BinaryPrimitives.WriteUInt64LittleEndian(entry[24..], Checksum);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[32..], P1);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[36..], P2);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[40..], P3);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[44..], P4);
    }
}
