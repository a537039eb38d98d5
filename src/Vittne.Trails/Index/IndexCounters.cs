namespace Vittne.Trails.Index;

/// <summary>The counters of the build that an index keeps.</summary>
internal sealed class IndexCounters
{
    /// <summary>Bytes of a counter: group, code, count.</summary>
    public const int RowLength = 16;

    private readonly NumberSection _rows;

    /// <summary>The counters of an index.</summary>
    /// <exception cref="IndexFormatException">The section has the wrong length.</exception>
    public IndexCounters(IndexBytes bytes, IndexHeader header, string path) =>
        _rows = new NumberSection(bytes, header.Section(SectionId.Counters, path), RowLength / sizeof(uint), path);

    /// <summary>Counters of a group that are not 0, by code.</summary>
    public IEnumerable<(uint Code, long Count)> Of(CounterGroup group)
    {
        for (int i = 0; i < _rows.Count; i++)
        {
            if (_rows[i, 0] == (uint)group)
            {
                yield return (_rows[i, 1], _rows[i, 2] | ((long)_rows[i, 3] << 32));
            }
        }
    }
}
