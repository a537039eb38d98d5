using System.Buffers.Binary;
using System.IO.Hashing;
using Vittne.Trails.Lists;

namespace Vittne.Trails.Index;

/// <summary>All lists of a build in an order that depends on their names and bytes only, and their lines numbered through.</summary>
internal sealed class ListSet
{
    /// <summary>Sources are 31 bits wide in the index.</summary>
    private const long MostLines = int.MaxValue;

    private readonly Dictionary<TrailMeta, int> _numbers = [];

    /// <summary>The set of lists; doubles count once.</summary>
    /// <exception cref="InvalidDataException">There are more lines than an index can hold.</exception>
    public ListSet(IEnumerable<ParsedList> lists)
    {
        Lists = [.. lists.DistinctBy(list => (list.Name, list.Digest)).OrderBy(list => list.Name, StringComparer.Ordinal).ThenBy(list => list.Digest)];
        LineBases = new int[Lists.Length];
        MetaNumbers = new int[Lists.Length][];
        var seed = new XxHash3();
        long lines = 0;
        Span<byte> digest = stackalloc byte[16];
        for (int i = 0; i < Lists.Length; i++)
        {
            LineBases[i] = (int)lines;
            lines += Lists[i].LineCount + 1L;
            if (lines > MostLines)
            {
                throw new InvalidDataException("the lists have more than 2,147,483,647 lines in all; build with fewer of them");
            }

            MetaNumbers[i] = [.. Lists[i].Metas.Select(Number)];
            BinaryPrimitives.WriteUInt128LittleEndian(digest, Lists[i].Digest);
            seed.Append(digest);
        }

        Hash = new TrailHash(seed.GetCurrentHashAsUInt64());
    }

    /// <summary>The lists.</summary>
    public ParsedList[] Lists { get; }

    /// <summary>What is added to a line number of each list to number all lines through.</summary>
    public int[] LineBases { get; }

    /// <summary>Number in the set for each saying of each list.</summary>
    public int[][] MetaNumbers { get; }

    /// <summary>The sayings.</summary>
    public List<TrailMeta> Metas { get; } = [];

    /// <summary>Hash seeded by the content of all lists.</summary>
    public TrailHash Hash { get; }

    /// <summary>The indicator behind a reference.</summary>
    public ref readonly ListEntry Entry(EntryRef place) => ref Lists[place.List].EntryAt(place.Entry);

    /// <summary>Its key.</summary>
    public ReadOnlySpan<byte> Key(EntryRef place) => Lists[place.List].KeyOf(Lists[place.List].EntryAt(place.Entry));

    /// <summary>Its line, numbered through all lists.</summary>
    public uint Line(EntryRef place) => (uint)(LineBases[place.List] + Lists[place.List].EntryAt(place.Entry).Line);

    /// <summary>Number of what is said of it.</summary>
    public int Meta(EntryRef place) => MetaNumbers[place.List][Lists[place.List].EntryAt(place.Entry).Meta];

    private int Number(TrailMeta meta)
    {
        if (!_numbers.TryGetValue(meta, out int number))
        {
            number = Metas.Count;
            Metas.Add(meta);
            _numbers.Add(meta, number);
        }

        return number;
    }
}
