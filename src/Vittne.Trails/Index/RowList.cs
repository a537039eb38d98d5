using Vittne.Trails.Lists;

namespace Vittne.Trails.Index;

/// <summary>Rows of one table while it is built: what is said of each key, and where. Merged with those of the other tables afterwards.</summary>
internal sealed class RowList
{
    /// <summary>Marks a source that is a place in the source lists instead of a line.</summary>
    public const uint ManyFlag = 0x8000_0000;

    private readonly Dictionary<TrailMeta, int> _numbers = [];

    /// <summary>Saying of each row, as a number of this list.</summary>
    public List<int> MetaNumbers { get; } = [];

    /// <summary>Line of each row, or place in <see cref="SourceLists"/> with <see cref="ManyFlag"/>.</summary>
    public List<uint> Sources { get; } = [];

    /// <summary>Lines of rows that have several: their count, then they.</summary>
    public List<uint> SourceLists { get; } = [];

    /// <summary>Rule of each row; only for dropped indicators.</summary>
    public List<DropRule> Rules { get; } = [];

    /// <summary>The sayings in the order of their first use.</summary>
    public List<TrailMeta> Metas { get; } = [];

    /// <summary>Adds a row.</summary>
    public void Add(TrailMeta meta, ReadOnlySpan<uint> lines)
    {
        if (!_numbers.TryGetValue(meta, out int number))
        {
            number = Metas.Count;
            Metas.Add(meta);
            _numbers.Add(meta, number);
        }

        MetaNumbers.Add(number);
        if (lines.Length == 1)
        {
            Sources.Add(lines[0]);
            return;
        }

        Sources.Add(ManyFlag | (uint)SourceLists.Count);
        SourceLists.Add((uint)lines.Length);
        SourceLists.AddRange(lines);
    }
}
