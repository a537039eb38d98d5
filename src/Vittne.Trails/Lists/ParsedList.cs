namespace Vittne.Trails.Lists;

/// <summary>What a list holds, before lists are weighed against each other. Made by one thread, then only read.</summary>
internal sealed class ParsedList
{
    private const int BrokenLinesKept = 10;

    private ListEntry[] _entries = new ListEntry[64];
    private byte[] _keys;
    private int _keysLength;

    /// <summary>An empty list with room for keys.</summary>
    public ParsedList(string name, ListFormat format, int keyRoom)
    {
        Name = name;
        Format = format;
        _keys = new byte[Math.Max(keyRoom, 256)];
    }

    /// <summary>The list's path relative to the given one.</summary>
    public string Name { get; }

    /// <summary>How it is written.</summary>
    public ListFormat Format { get; }

    /// <summary>Digest of its bytes: tells two lists of one name apart and seeds the index.</summary>
    public UInt128 Digest { get; set; }

    /// <summary>Lines in all.</summary>
    public int LineCount { get; set; }

    /// <summary>Lines that hold an indicator, a rule or a range, broken ones too.</summary>
    public int ContentLines { get; set; }

    /// <summary>Names of the family, as the list tells them.</summary>
    public string Aliases { get; set; } = "";

    /// <summary>What the list says of its indicators.</summary>
    public List<TrailMeta> Metas { get; } = [];

    /// <summary>Reference texts.</summary>
    public TextPool References { get; } = new();

    /// <summary>Numbers of references, block by block.</summary>
    public List<int> BlockReferences { get; } = [];

    /// <summary>Blocks by ascending line.</summary>
    public List<ReferenceBlock> Blocks { get; } = [];

    /// <summary>Networks of content delivery and networks that are never on the Internet.</summary>
    public List<IpNetwork> Ranges { get; } = [];

    /// <summary>Rules for events to ignore, as written.</summary>
    public List<string> IgnoreRules { get; } = [];

    /// <summary>The first broken lines.</summary>
    public List<BrokenLine> Broken { get; } = [];

    /// <summary>Broken lines by <see cref="LineFault"/>.</summary>
    public int[] Faults { get; } = new int[LineFaultWords.Count];

    /// <summary>The indicators in the order of their lines. In a whitelist: what is never told.</summary>
    public ReadOnlySpan<ListEntry> Entries => _entries.AsSpan(0, EntryCount);

    /// <summary>How many indicators there are.</summary>
    public int EntryCount { get; private set; }

    /// <summary>The key of an indicator.</summary>
    public ReadOnlySpan<byte> KeyOf(in ListEntry entry) => _keys.AsSpan(entry.KeyOffset, entry.KeyLength);

    /// <summary>One indicator.</summary>
    public ref readonly ListEntry EntryAt(int number) => ref _entries[number];

    /// <summary>Adds an indicator.</summary>
    public void Add(TrailKind kind, ReadOnlySpan<byte> key, bool isFinal, int line, int meta)
    {
        if (EntryCount == _entries.Length)
        {
            Array.Resize(ref _entries, _entries.Length * 2);
        }

        if (_keysLength + key.Length > _keys.Length)
        {
            Array.Resize(ref _keys, Math.Max(_keys.Length * 2, _keysLength + key.Length));
        }

        key.CopyTo(_keys.AsSpan(_keysLength));
        _entries[EntryCount++] = new ListEntry(_keysLength, (ushort)key.Length, kind, isFinal, line, meta);
        _keysLength += key.Length;
    }

    /// <summary>Counts a broken line; the first ones are kept in words.</summary>
    public void AddFault(LineFault fault, int line, ReadOnlySpan<byte> text)
    {
        Faults[(int)fault]++;
        if (LineFaultWords.IsWorthTelling(fault) && Broken.Count < BrokenLinesKept)
        {
            string words = System.Text.Encoding.UTF8.GetString(text[..Math.Min(text.Length, 120)]);
            Broken.Add(new BrokenLine(Name, line, fault, words, ListFormats.HasLines(Format) ? "line" : "object"));
        }
    }
}
