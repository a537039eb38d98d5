namespace Vittne.Trails.Index;

/// <summary>What is said of the trails, and where it stands.</summary>
internal sealed class TrailRows
{
    /// <summary>Bytes of a trail's row: saying, source.</summary>
    public const int RowLength = 8;

    private const int MetaColumns = 3;

    private const uint MostSources = 65_536;

    private readonly NumberSection _rows;
    private readonly NumberSection _drops;
    private readonly NumberSection _metas;
    private readonly NumberSection _sourceLists;
    private readonly TextTable _texts;
    private readonly TrailLists _lists;

    /// <summary>The rows of an index.</summary>
    /// <exception cref="IndexFormatException">A section has the wrong length.</exception>
    public TrailRows(IndexBytes bytes, IndexHeader header, TextTable texts, TrailLists lists, string path)
    {
        _rows = new NumberSection(bytes, header.Section(SectionId.Rows, path), RowLength / sizeof(uint), path);
        _drops = new NumberSection(bytes, header.Section(SectionId.DropRows, path), 3, path);
        _metas = new NumberSection(bytes, header.Section(SectionId.Metas, path), MetaColumns, path);
        _sourceLists = new NumberSection(bytes, header.Section(SectionId.SourceLists, path), 1, path);
        _texts = texts;
        _lists = lists;
    }

    /// <summary>How many trails there are.</summary>
    public int Count => _rows.Count;

    /// <summary>How many dropped indicators there are.</summary>
    public int DropCount => _drops.Count;

    /// <summary>A trail.</summary>
    public Trail Trail(int number, TrailKind kind, string indicator) => Make(_rows[number, 0], _rows[number, 1], kind, indicator);

    /// <summary>A dropped indicator as it would have been.</summary>
    public Trail Dropped(int number, TrailKind kind, string indicator, out DropRule rule)
    {
        rule = (DropRule)Math.Min(_drops[number, 2], (uint)DropRuleWords.Last);
        return Make(_drops[number, 0], _drops[number, 1], kind, indicator);
    }

    /// <summary>Category, saying and lines of a trail, to compile it again.</summary>
    public (Lists.TrailMeta Meta, uint[] Lines) Parts(int number) => Parts(_rows[number, 0], _rows[number, 1]);

    /// <summary>The same of a dropped indicator.</summary>
    public (Lists.TrailMeta Meta, uint[] Lines) DroppedParts(int number) => Parts(_drops[number, 0], _drops[number, 1]);

    private (Lists.TrailMeta Meta, uint[] Lines) Parts(uint meta, uint source)
    {
        uint category = (_metas[meta, 2] >> 8) & 0xFF;
        return (new Lists.TrailMeta(_texts[_metas[meta, 0]], _texts[_metas[meta, 1]], (TrailCategory)category), Lines(source));
    }

    private Trail Make(uint meta, uint source, TrailKind kind, string indicator)
    {
        uint[] lines = Lines(source);
        TrailSource[] sources = new TrailSource[lines.Length];
        for (int i = 0; i < lines.Length; i++)
        {
            sources[i] = _lists.Source(lines[i]);
        }

        return new Trail
        {
            Indicator = indicator,
            Kind = kind,
            Info = _texts[_metas[meta, 0]],
            Reference = _texts[_metas[meta, 1]],
            Severity = (Severity)Math.Clamp(_metas[meta, 2] & 0xFF, (uint)Severity.Low, (uint)Severity.High),
            Sources = sources,
        };
    }

    private uint[] Lines(uint source)
    {
        if ((source & RowList.ManyFlag) == 0)
        {
            return [source];
        }

        uint at = source & ~RowList.ManyFlag;
        uint count = Math.Min(_sourceLists[at, 0], Math.Min(MostSources, (uint)_sourceLists.Count));
        uint[] lines = new uint[count];
        for (uint i = 0; i < count; i++)
        {
            lines[i] = _sourceLists[at + 1L + i, 0];
        }

        return lines;
    }
}
