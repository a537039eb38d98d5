using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;
using Vittne.Trails.Lists;

namespace Vittne.Trails.Index;

/// <summary>Compiles lists into the bytes of an index. The same lists give the same bytes, whatever their order and the number of threads.</summary>
internal sealed class TrailCompiler
{
    private readonly ListSet _set;
    private readonly TrailBuildOptions _options;
    private readonly TextPool _strings = new();
    private readonly List<TrailMeta> _metas = [];
    private readonly Dictionary<TrailMeta, int> _metaNumbers = [];
    private readonly List<BuiltSection> _sections = [];
    private readonly SectionBytes _sources = new();
    private readonly List<(CounterGroup Group, uint Code, long Count)> _counters = [];

    private TrailCompiler(ListSet set, TrailBuildOptions options)
    {
        _set = set;
        _options = options;
    }

    /// <summary>Compiles lists.</summary>
    /// <param name="lists">The lists.</param>
    /// <param name="options">What the user asked for.</param>
    /// <returns>A whole index.</returns>
    public static byte[] Compile(IEnumerable<ParsedList> lists, TrailBuildOptions options)
    {
        var set = new ListSet(lists);
        return new TrailCompiler(set, options).Run();
    }

    private byte[] Run()
    {
        var cleanup = new Cleanup(_set.Lists, _options);
        TableBuild[] tables = Collect();
        InParallel(tables, table => table.EntryCount, table => table.Distribute(cleanup));
        TablePart[] parts = [.. tables.SelectMany(table => table.Parts)];
        InParallel(parts, part => part.EntryCount, part => part.Run());
        BuiltSection[] sections = new BuiltSection[tables.Length];
        InParallel([.. Enumerable.Range(0, tables.Length)], i => tables[i].EntryCount, i => sections[i] = tables[i].Section());
        _sections.AddRange(sections);
        AddRows(parts);
        AddDrops(parts);
        _sections.AddRange(ListSections.Build(_set, _strings));
        AddWhitelist(cleanup);
        AddNetworks(tables);
        AddMetas();
        AddCounters(parts);
        AddStrings();
        return IndexAssembly.Join([.. _sections.OrderBy(section => section.Id)], _options.BuiltAtSeconds, _set.Hash.Seed);
    }

    /// <summary>The largest pieces of work come first, so that no thread is left with one at the end.</summary>
    private void InParallel<T>(IEnumerable<T> pieces, Func<T, int> size, Action<T> run) => Parallel.ForEach(
        Partitioner.Create(pieces.OrderByDescending(size), EnumerablePartitionerOptions.NoBuffering),
        new ParallelOptions { MaxDegreeOfParallelism = _options.Workers > 0 ? _options.Workers : Environment.ProcessorCount },
        run);

    private TableBuild[] Collect()
    {
        int[] counts = new int[(int)SectionId.Patterns + 1];
        foreach (ParsedList list in _set.Lists)
        {
            if (list.Format != ListFormat.Whitelist)
            {
                foreach (ref readonly ListEntry entry in list.Entries)
                {
                    counts[(int)TableKind.Of(entry.Kind, entry.KeyLength)]++;
                }
            }
        }

        TableBuild[] tables = new TableBuild[TableKind.All.Length];
        TableBuild?[] byId = new TableBuild?[counts.Length];
        for (int i = 0; i < tables.Length; i++)
        {
            SectionId id = TableKind.All[i];
            tables[i] = new TableBuild(id, _set, counts[(int)id]);
            byId[(int)id] = tables[i];
        }

        for (int i = 0; i < _set.Lists.Length; i++)
        {
            ParsedList list = _set.Lists[i];
            if (list.Format == ListFormat.Whitelist)
            {
                continue;
            }

            for (int k = 0; k < list.EntryCount; k++)
            {
                ref readonly ListEntry entry = ref list.EntryAt(k);
                byId[(int)TableKind.Of(entry.Kind, entry.KeyLength)]!.Add(new EntryRef(i, k));
            }
        }

        return tables;
    }

    private void AddNetworks(TableBuild[] tables)
    {
        int first = 0;
        foreach (TableBuild table in tables)
        {
            if (table.Id == SectionId.Networks)
            {
                break;
            }

            first += table.Parts.Sum(part => part.Keys.Count);
        }

        var networks = new List<(IpNetwork Network, int Value)>();
        foreach (TablePart part in tables.Single(table => table.Id == SectionId.Networks).Parts)
        {
            networks.AddRange(part.Networks.Select(pair => (pair.Network, pair.Value + first)));
            first += part.Keys.Count;
        }

        _sections.Add(NetworkTableBuilder.Build(SectionId.NetworkRanges, networks));
    }

    private void AddRows(TablePart[] parts)
    {
        var rows = new SectionBytes();
        foreach (TablePart part in parts)
        {
            AddRows(part.Rows, rows, order: null);
        }

        _sections.Add(rows.ToSection(SectionId.Rows, p0: (uint)(rows.Length / TrailRows.RowLength)));
    }

    private void AddRows(RowList list, SectionBytes rows, int[]? order)
    {
        uint shift = (uint)(_sources.Length / sizeof(uint));
        int[] numbers = [.. list.Metas.Select(MetaNumber)];
        for (int i = 0; i < list.Sources.Count; i++)
        {
            int at = order is null ? i : order[i];
            uint source = list.Sources[at];
            rows.Add((uint)numbers[list.MetaNumbers[at]]);
            rows.Add((source & RowList.ManyFlag) != 0 ? source + shift : source);
            if (list.Rules.Count > 0)
            {
                rows.Add((uint)list.Rules[at]);
            }
        }

        foreach (uint value in list.SourceLists)
        {
            _sources.Add(value);
        }
    }

    private void AddDrops(TablePart[] parts)
    {
        var all = new RowList();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var keys = new List<byte[]>();
        foreach (TablePart part in parts)
        {
            RowList rows = part.DroppedRows;
            for (int i = 0; i < part.DroppedKeys.Count; i++)
            {
                places.Add(Encoding.Latin1.GetString(part.DroppedKeys[i]), keys.Count);
                keys.Add(part.DroppedKeys[i]);
                uint source = rows.Sources[i];
                int many = (int)(source & ~RowList.ManyFlag);
                uint[] lines = (source & RowList.ManyFlag) == 0 ? [source] : [.. rows.SourceLists.GetRange(many + 1, (int)rows.SourceLists[many])];
                all.Add(rows.Metas[rows.MetaNumbers[i]], lines);
                all.Rules.Add(rows.Rules[i]);
            }
        }

        _sections.Add(KeyTableWriter.Of(SectionId.Drops, _set.Hash, keys, out List<byte[]> order));
        var dropRows = new SectionBytes();
        AddRows(all, dropRows, [.. order.Select(key => places[Encoding.Latin1.GetString(key)])]);
        _sections.Add(dropRows.ToSection(SectionId.DropRows, p0: (uint)keys.Count));
        _sections.Add(_sources.ToSection(SectionId.SourceLists, p0: (uint)(_sources.Length / sizeof(uint))));
        foreach (IGrouping<DropRule, DropRule> rule in all.Rules.GroupBy(rule => rule))
        {
            _counters.Add((CounterGroup.Drop, (uint)rule.Key, rule.Count()));
        }
    }

    private void AddWhitelist(Cleanup cleanup)
    {
        var domains = new List<byte[]>();
        var others = new List<byte[]>();
        for (int i = 0; i < cleanup.Exact.Count; i++)
        {
            ReadOnlySpan<byte> typed = cleanup.Exact[i];
            if (typed[0] == (byte)TrailKind.Domain)
            {
                domains.Add(typed[1..].ToArray());
            }
            else
            {
                others.Add(typed.ToArray());
            }
        }

        _sections.Add(KeyTableWriter.Of(SectionId.WhitelistDomains, _set.Hash, domains, out _));
        _sections.Add(KeyTableWriter.Of(SectionId.WhitelistOthers, _set.Hash, others, out _));
        _sections.Add(cleanup.WhitelistRanges);
        _sections.Add(cleanup.CleanupRanges);
    }

    private void AddMetas()
    {
        var metas = new SectionBytes();
        foreach (TrailMeta meta in _metas)
        {
            metas.Add((uint)_strings.Add(meta.Info));
            metas.Add((uint)_strings.Add(meta.Reference));
            metas.Add((uint)meta.Severity | ((uint)meta.Category << 8));
        }

        _sections.Add(metas.ToSection(SectionId.Metas, p0: (uint)_metas.Count));
    }

    private void AddCounters(TablePart[] parts)
    {
        for (int kind = 0; kind <= (int)TrailKind.FileHash; kind++)
        {
            _counters.Add((CounterGroup.Kind, (uint)kind, parts.Sum(part => part.Kinds[kind])));
        }

        long[] categories = new long[(int)TrailCategory.Feed + 1];
        foreach (TablePart part in parts)
        {
            foreach (int number in part.Rows.MetaNumbers)
            {
                categories[(int)part.Rows.Metas[number].Category]++;
            }
        }

        for (int category = 0; category < categories.Length; category++)
        {
            _counters.Add((CounterGroup.Category, (uint)category, categories[category]));
        }

        for (int fault = 1; fault < LineFaultWords.Count; fault++)
        {
            _counters.Add((CounterGroup.Fault, (uint)fault, _set.Lists.Sum(list => (long)list.Faults[fault])));
        }

        var bytes = new SectionBytes();
        foreach ((CounterGroup group, uint code, long count) in _counters.Where(counter => counter.Count > 0).OrderBy(counter => (counter.Group, counter.Code)))
        {
            bytes.Add((uint)group);
            bytes.Add(code);
            bytes.Add((ulong)count);
        }

        _sections.Add(bytes.ToSection(SectionId.Counters, p0: (uint)(bytes.Length / IndexCounters.RowLength)));
    }

    private void AddStrings()
    {
        byte[] bytes = new byte[(_strings.Count * sizeof(uint)) + _strings.Bytes.Length];
        for (int i = 0; i < _strings.Count; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * sizeof(uint)), (uint)_strings.EndOf(i));
        }

        _strings.Bytes.CopyTo(bytes.AsSpan(_strings.Count * sizeof(uint)));
        _sections.Add(new BuiltSection(SectionId.Strings, bytes) { P0 = (uint)_strings.Count });
    }

    private int MetaNumber(TrailMeta meta)
    {
        if (!_metaNumbers.TryGetValue(meta, out int number))
        {
            number = _metas.Count;
            _metas.Add(meta);
            _metaNumbers.Add(meta, number);
        }

        return number;
    }
}
