using Vittne.Trails.Lists;

namespace Vittne.Trails.Index;

/// <summary>The lists of an index, and their references. Lines are numbered through all lists.</summary>
internal sealed class TrailLists
{
    /// <summary>Bytes of a reference block: first line, first reference.</summary>
    public const int BlockLength = 8;

    private const int ListColumns = 12;

    private const uint MostReferences = 4096;

    private readonly NumberSection _lists;
    private readonly NumberSection _blocks;
    private readonly NumberSection _references;
    private readonly TextTable _texts;

    /// <summary>The lists of an index.</summary>
    /// <exception cref="IndexFormatException">A section has the wrong length.</exception>
    public TrailLists(IndexBytes bytes, IndexHeader header, TextTable texts, string path)
    {
        _lists = new NumberSection(bytes, header.Section(SectionId.Lists, path), ListColumns, path);
        _blocks = new NumberSection(bytes, header.Section(SectionId.Blocks, path), BlockLength / sizeof(uint), path);
        _references = new NumberSection(bytes, header.Section(SectionId.BlockReferences, path), 1, path);
        _texts = texts;
    }

    /// <summary>How many lists there are.</summary>
    public int Count => _lists.Count;

    /// <summary>What the index knows of a list.</summary>
    public TrailListInfo Info(int number) => new(
        _texts[_lists[number, 0]],
        (ListFormat)Math.Min(_lists[number, 7], (uint)ListFormats.Last),
        _lists[number, 3],
        _lists[number, 4],
        _lists[number, 5],
        _lists[number, 6],
        _texts[_lists[number, 1]]);

    /// <summary>Digest of a list's bytes and name.</summary>
    public UInt128 Digest(int number) => new(
        _lists[number, 8] | ((ulong)_lists[number, 9] << 32),
        _lists[number, 10] | ((ulong)_lists[number, 11] << 32));

    /// <summary>The list that a line is in.</summary>
    public int ListOf(uint line) => LastAtOrBefore(_lists, 2, line);

    /// <summary>Number in its list of a line.</summary>
    public int LineIn(int list, uint line) => (int)(line - _lists[list, 2]);

    /// <summary>The reference blocks of a list: first line in it, texts.</summary>
    public IEnumerable<(int Line, string[] References)> Blocks(int list)
    {
        uint start = _lists[list, 2];
        uint end = list + 1 < Count ? _lists[list + 1, 2] : uint.MaxValue;
        for (int block = Math.Max(0, LastAtOrBefore(_blocks, 0, start)); block < _blocks.Count && _blocks[block, 0] < end; block++)
        {
            if (_blocks[block, 0] > start)
            {
                yield return ((int)(_blocks[block, 0] - start), References(block));
            }
        }
    }

    /// <summary>Where a line is.</summary>
    public TrailSource Source(uint line)
    {
        int list = ListOf(line);
        return list < 0
            ? new TrailSource("", 0, [], "")
            : new TrailSource(_texts[_lists[list, 0]], LineIn(list, line), References(LastAtOrBefore(_blocks, 0, line)), _texts[_lists[list, 1]]);
    }

    private string[] References(int block)
    {
        uint first = _blocks[block, 1];
        uint end = block + 1 < _blocks.Count ? _blocks[block + 1, 1] : (uint)_references.Count;
        if (block < 0 || first >= end || end - first > MostReferences)
        {
            return [];
        }

        string[] references = new string[end - first];
        for (uint i = 0; i < references.Length; i++)
        {
            references[i] = _texts[_references[first + i, 0]];
        }

        return references;
    }

    private static int LastAtOrBefore(NumberSection rows, int column, uint value)
    {
        int low = 0;
        int high = rows.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            if (rows[middle, column] <= value)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return high;
    }
}
