using Vittne.Trails.Muting;

namespace Vittne.Trails.Lists;

/// <summary>Reads formats with one thing a line: plain lists and Maltrail's data files.</summary>
internal static class PlainListReader
{
    /// <summary>One indicator a line; <c>#</c>, <c>;</c> and <c>//</c> begin comments.</summary>
    public static void ReadIndicators(ReadOnlySpan<byte> text, ListBuilder builder)
    {
        int meta = builder.CustomMeta();
        var lines = new LineReader(text);
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            if (line.IsEmpty)
            {
                builder.OnBlank();
            }
            else if (line[0] == '#')
            {
                builder.OnComment(line);
            }
            else if (line[0] != ';' && !line.StartsWith("//"u8) && !line.StartsWith("create "u8))
            {
                builder.List.ContentLines++;
                builder.Add(WithoutNote(OfSet(line)), lines.Number, meta, IndicatorRules.Clean);
            }
        }

        builder.List.LineCount = lines.Number;
    }

    /// <summary>What is never told: an address, network, domain or other indicator a line.</summary>
    public static void ReadWhitelist(ReadOnlySpan<byte> text, ListBuilder builder)
    {
        int meta = builder.Meta("whitelist", "(whitelist)", TrailCategory.Custom);
        var lines = new LineReader(text);
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            if (!line.IsEmpty && line[0] != '#')
            {
                builder.List.ContentLines++;
                if (line[0] == '.')
                {
                    // ".goog" would silence a whole top-level domain; the tool whose file this is never matches it.
                    builder.List.AddFault(LineFault.BadName, lines.Number, line);
                    continue;
                }

                builder.Add(StaticListReader.WithoutNote(line), lines.Number, meta, IndicatorRules.Clean);
            }
        }

        builder.List.LineCount = lines.Number;
    }

    /// <summary>Networks for the clean-up.</summary>
    public static void ReadRanges(ReadOnlySpan<byte> text, ListBuilder builder)
    {
        var lines = new LineReader(text);
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            if (!line.IsEmpty && line[0] != '#')
            {
                builder.List.ContentLines++;
                builder.AddRange(StaticListReader.WithoutNote(line), lines.Number);
            }
        }

        builder.List.LineCount = lines.Number;
    }

    /// <summary>User-Agent patterns, one a line.</summary>
    public static void ReadUserAgents(ReadOnlySpan<byte> text, ListBuilder builder)
    {
        int meta = builder.Meta("user agent (suspicious)", "(heuristic)", TrailCategory.Suspicious);
        var lines = new LineReader(text);
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            if (line.IsEmpty)
            {
                builder.OnBlank();
            }
            else if (line[0] == '#')
            {
                builder.OnComment(line);
            }
            else
            {
                builder.List.ContentLines++;
                builder.AddPattern(TrailKind.UserAgent, line, lines.Number, meta);
            }
        }

        builder.List.LineCount = lines.Number;
    }

    /// <summary>Rules for events to ignore, one a line, kept as written.</summary>
    public static void ReadIgnoreRules(ReadOnlySpan<byte> text, ListBuilder builder)
    {
        var lines = new LineReader(text);
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            if (line.IsEmpty || line[0] == '#')
            {
                continue;
            }

            builder.List.ContentLines++;
            ReadOnlySpan<byte> rule = StaticListReader.WithoutNote(line);
            string written = System.Text.Encoding.UTF8.GetString(rule);
            if (IgnoreRule.TryParse(written, out _))
            {
                builder.List.IgnoreRules.Add(written);
            }
            else
            {
                builder.List.AddFault(LineFault.BadRow, lines.Number, line);
            }
        }

        builder.List.LineCount = lines.Number;
    }

    /// <summary>The member in a line of <c>ipset save</c>: <c>add NAME MEMBER options</c>.</summary>
    private static ReadOnlySpan<byte> OfSet(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith("add "u8))
        {
            return line;
        }

        ReadOnlySpan<byte> rest = AsciiText.Trim(line[4..]);
        rest = AsciiText.Trim(rest[(rest.IndexOf((byte)' ') + 1)..]);
        int blank = rest.IndexOf((byte)' ');
        return blank < 0 ? rest : rest[..blank];
    }

    private static ReadOnlySpan<byte> WithoutNote(ReadOnlySpan<byte> line)
    {
        line = StaticListReader.WithoutNote(line);
        for (int i = 1; i < line.Length; i++)
        {
            if (AsciiText.IsBlank(line[i - 1]) && (line[i] == ';' || line[i..].StartsWith("//"u8)))
            {
                return AsciiText.Trim(line[..i]);
            }
        }

        return line;
    }
}
