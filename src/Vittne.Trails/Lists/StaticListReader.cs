namespace Vittne.Trails.Lists;

/// <summary>Reads Maltrail's static lists: one indicator a line, info from the file name, references in comments.</summary>
internal static class StaticListReader
{
    /// <summary>Reads a list.</summary>
    public static void Read(ReadOnlySpan<byte> text, ListBuilder builder)
    {
        (TrailCategory category, string suffix) = CategoryOf(builder.File);
        bool ownsInfo = suffix.Length > 0 || builder.Options.Info is null;
        string info = ownsInfo ? builder.File.BareName.Replace('_', ' ') + suffix : builder.DefaultInfo();
        int meta = builder.Meta(info, category == TrailCategory.Custom ? "(custom)" : "(static)", category);
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
                builder.Add(WithoutNote(line), lines.Number, meta, IndicatorRules.Clean);
            }
        }

        builder.List.LineCount = lines.Number;
    }

    /// <summary>Where a static list stands, and the words that this adds to its info.</summary>
    public static (TrailCategory Category, string Suffix) CategoryOf(ListFile file) => file.Folder switch
    {
        _ when file.IsCustom => (TrailCategory.Custom, ""),
        "malware" => (TrailCategory.Malware, " (malware)"),
        "malicious" => (TrailCategory.Malicious, " (malicious)"),
        "suspicious" => (TrailCategory.Suspicious, " (suspicious)"),
        _ => (TrailCategory.Uncategorised, ""),
    };

    /// <summary>
    /// The line up to its note. A <c>#</c> within a URL begins a fragment, which no client sends, so it is cut too; in a typed pattern
    /// it may belong to the pattern, so that there a blank must stand in front.
    /// </summary>
    public static ReadOnlySpan<byte> WithoutNote(ReadOnlySpan<byte> line)
    {
        int hash = line.IndexOf((byte)'#');
        if (hash < 0)
        {
            return line;
        }

        bool needsBlank = TypedIndicator.TrySplit(line, out TypedIndicator typed) && typed.Form == TypedForm.Pattern;
        while (needsBlank && hash > 0 && !AsciiText.IsBlank(line[hash - 1]))
        {
            int next = line[(hash + 1)..].IndexOf((byte)'#');
            if (next < 0)
            {
                return line;
            }

            hash += next + 1;
        }

        return AsciiText.Trim(line[..hash]);
    }
}
