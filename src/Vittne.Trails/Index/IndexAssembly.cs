using System.IO.Hashing;

namespace Vittne.Trails.Index;

/// <summary>Puts sections, head and digest together.</summary>
internal static class IndexAssembly
{
    private const int Alignment = 64;

    /// <summary>The bytes of an index.</summary>
    /// <exception cref="InvalidDataException">It would be larger than 2 GiB.</exception>
    public static byte[] Join(IReadOnlyList<BuiltSection> sections, long builtAtSeconds, ulong seed)
    {
        long at = IndexHeader.Length + ((long)sections.Count * IndexSection.EntryLength);
        IndexSection[] table = new IndexSection[sections.Count];
        for (int i = 0; i < table.Length; i++)
        {
            at = (at + Alignment - 1) / Alignment * Alignment;
            BuiltSection section = sections[i];
            table[i] = new IndexSection(section.Id, at, section.Bytes.Length, XxHash3.HashToUInt64(section.Bytes), section.P0, section.P1, section.P2, section.P3, section.P4);
            at += section.Bytes.Length;
        }

        at += IndexHeader.TrailerLength;
        if (at > Array.MaxLength)
        {
            throw new InvalidDataException("the index would be larger than 2 GiB; build with fewer lists");
        }

        byte[] file = new byte[at];
        for (int i = 0; i < table.Length; i++)
        {
            sections[i].Bytes.CopyTo(file, table[i].Offset);
        }

        IndexHeader.Write(file, builtAtSeconds, seed, table);
        return file;
    }
}
