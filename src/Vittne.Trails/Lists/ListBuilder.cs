using System.Text;

namespace Vittne.Trails.Lists;

/// <summary>What readers of all formats share: indicators, faults, references. Serves one list.</summary>
internal sealed class ListBuilder
{
    private readonly IndicatorParser _parser = new();
    private readonly TextPool _metaTexts = new();
    private readonly List<int> _pending = [];
    private bool _blockHasIndicators;
    private bool _blockEnded;

    /// <summary>A builder for a list.</summary>
    public ListBuilder(ParsedList list, ListFile file, TrailBuildOptions options)
    {
        List = list;
        File = file;
        Options = options;
    }

    /// <summary>The list under construction.</summary>
    public ParsedList List { get; }

    /// <summary>Where it comes from.</summary>
    public ListFile File { get; }

    /// <summary>What the user asked for.</summary>
    public TrailBuildOptions Options { get; }

    /// <summary>Number of a saying, which is added when it is new.</summary>
    public int Meta(ReadOnlySpan<byte> info, ReadOnlySpan<byte> reference, TrailCategory category)
    {
        Span<byte> joined = info.Length + reference.Length + 2 <= 512 ? stackalloc byte[512] : new byte[info.Length + reference.Length + 2];
        info.CopyTo(joined);
        joined[info.Length] = 0;
        reference.CopyTo(joined[(info.Length + 1)..]);
        joined[info.Length + reference.Length + 1] = (byte)category;
        int number = _metaTexts.Add(joined[..(info.Length + reference.Length + 2)]);
        if (number == List.Metas.Count)
        {
            List.Metas.Add(new TrailMeta(Encoding.UTF8.GetString(info), Encoding.UTF8.GetString(reference), category));
        }

        return number;
    }

    /// <summary>Number of a saying, which is added when it is new.</summary>
    public int Meta(string info, string reference, TrailCategory category) =>
        Meta(Encoding.UTF8.GetBytes(info), Encoding.UTF8.GetBytes(reference), category);

    /// <summary>Info for indicators of a list that tells none itself: <c>--info</c>, else the file name.</summary>
    public string DefaultInfo() => Options.Info ?? File.BareName.Replace('_', ' ');

    /// <summary>The saying of a user's own list.</summary>
    public int CustomMeta() => Meta(DefaultInfo(), "(custom)", TrailCategory.Custom);

    /// <summary>Adds the indicator in a text, or counts why there is none.</summary>
    /// <param name="text">The indicator.</param>
    /// <param name="line">Its line number.</param>
    /// <param name="meta">What is said of it.</param>
    /// <param name="rules">How much may be changed.</param>
    /// <returns>False when there is none.</returns>
    public bool Add(ReadOnlySpan<byte> text, int line, int meta, IndicatorRules rules)
    {
        LineFault fault = _parser.Parse(text, rules);
        if (fault != LineFault.None)
        {
            List.AddFault(fault, line, text);
            if (!LineFaultWords.WasUsed(fault))
            {
                return false;
            }
        }

        OpenBlock(line);
        bool isFinal = rules == IndicatorRules.Final;
        if (_parser.Range.Count == 0)
        {
            List.Add(_parser.Kind, _parser.Key, isFinal, line, meta);
        }

        foreach (IpNetwork block in _parser.Range)
        {
            _parser.SetNetwork(block);
            List.Add(_parser.Kind, _parser.Key, isFinal, line, meta);
        }

        return true;
    }

    /// <summary>Adds the indicator of an object, or counts why there is none.</summary>
    /// <param name="prefix">Forces the kind: <c>ip:</c>, <c>domain:</c>, <c>sha256:</c>, …</param>
    /// <param name="value">The indicator.</param>
    /// <param name="place">Number and id of the object, and what is said of it.</param>
    public void Add(string prefix, string value, ObjectPlace place)
    {
        byte[] text = Encoding.UTF8.GetBytes(prefix + value);
        LineFault fault = _parser.Parse(text, IndicatorRules.Clean);
        if (fault is LineFault.None or LineFault.HostBits)
        {
            Add(text, place.Number, place.Meta, IndicatorRules.Clean);
        }
        else
        {
            AddFault(fault, value, place);
        }
    }

    /// <summary>Counts an object, or a part of it, that gives no trail.</summary>
    public void AddFault(LineFault fault, string text, ObjectPlace place) => List.AddFault(fault, place.Number, Encoding.UTF8.GetBytes($"{place.Id} {text}"));

    /// <summary>Begins an object with references of its own; those of the one before end.</summary>
    public void OnObject(IReadOnlyList<string> references)
    {
        _pending.Clear();
        foreach (string reference in references)
        {
            _pending.Add(List.References.Add(reference));
        }

        _blockEnded = true;
    }

    /// <summary>Adds a domain, or counts why it is none. An address is none.</summary>
    public void AddDomain(ReadOnlySpan<byte> text, int line, int meta)
    {
        LineFault fault = _parser.Parse(text, IndicatorRules.Clean);
        if (fault != LineFault.None || _parser.Kind != TrailKind.Domain)
        {
            List.AddFault(fault == LineFault.None ? LineFault.BadName : fault, line, text);
            return;
        }

        OpenBlock(line);
        List.Add(_parser.Kind, _parser.Key, isFinal: false, line, meta);
    }

    /// <summary>Adds a pattern as it is written.</summary>
    public void AddPattern(TrailKind kind, ReadOnlySpan<byte> text, int line, int meta)
    {
        if (text.Length > IndicatorParser.MaxLength)
        {
            List.AddFault(LineFault.TooLong, line, text);
            return;
        }

        OpenBlock(line);
        List.Add(kind, text, isFinal: false, line, meta);
    }

    /// <summary>Adds the networks of an address, a network or a range to the list's ranges.</summary>
    public void AddRange(ReadOnlySpan<byte> text, int line)
    {
        LineFault fault = _parser.Parse(text, IndicatorRules.Clean);
        bool isUsed = fault == LineFault.None || LineFaultWords.WasUsed(fault);
        if (!isUsed || (_parser.Range.Count == 0 && _parser.Kind is not (TrailKind.Address or TrailKind.Network)))
        {
            List.AddFault(isUsed ? LineFault.BadAddress : fault, line, text);
        }
        else if (_parser.Range.Count > 0)
        {
            List.Ranges.AddRange(_parser.Range);
        }
        else
        {
            List.Ranges.Add(_parser.Kind == TrailKind.Network ? KeyText.ReadNetwork(_parser.Key) : new IpNetwork(KeyText.ReadAddress(_parser.Key), 128));
        }
    }

    /// <summary>Takes a line that begins with <c>#</c>: a reference, aliases or words for people.</summary>
    public void OnComment(ReadOnlySpan<byte> comment)
    {
        if (CommentLine.TryReference(comment, out ReadOnlySpan<byte> reference))
        {
            _pending.Add(List.References.Add(reference));
        }
        else if (CommentLine.TryAliases(comment, out ReadOnlySpan<byte> aliases))
        {
            string text = Encoding.UTF8.GetString(aliases);
            List.Aliases = List.Aliases.Length == 0 ? text : $"{List.Aliases}, {text}";
        }
    }

    /// <summary>Takes an empty line: it ends the indicators of a reference block.</summary>
    public void OnBlank() => _blockEnded |= _blockHasIndicators;

    private void OpenBlock(int line)
    {
        if (_pending.Count > 0)
        {
            List.Blocks.Add(new ReferenceBlock(line, List.BlockReferences.Count, _pending.Count));
            List.BlockReferences.AddRange(_pending);
            _pending.Clear();
        }
        else if (_blockEnded && List.Blocks.Count > 0 && List.Blocks[^1].Count > 0)
        {
            List.Blocks.Add(new ReferenceBlock(line, List.BlockReferences.Count, 0));
        }

        _blockEnded = false;
        _blockHasIndicators = true;
    }
}
