namespace Vittne.Trails.Lists;

/// <summary>Reads the three kinds of CSV.</summary>
internal static class CsvReader
{
    /// <summary>Rows <c>trail,info,reference</c>, which are final.</summary>
    public static void ReadTrails(ReadOnlySpan<byte> text, ListBuilder builder)
    {
        var fields = new CsvFields();
        var lines = new LineReader(text);
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            if (line.IsEmpty || line[0] == '#')
            {
                continue;
            }

            builder.List.ContentLines++;
            if (!fields.TrySplit(line) || fields.Count != 3)
            {
                builder.List.AddFault(LineFault.BadRow, lines.Number, line);
                continue;
            }

            builder.Add(fields[0], lines.Number, builder.Meta(fields[1], fields[2], CategoryOf(fields[1], fields[2])), IndicatorRules.Final);
        }

        builder.List.LineCount = lines.Number;
    }

    /// <summary>Rows <c>trail,info</c> of a category folder.</summary>
    public static void ReadStatic(ReadOnlySpan<byte> text, ListBuilder builder)
    {
        (TrailCategory category, string suffix) = StaticListReader.CategoryOf(builder.File);
        byte[] reference = System.Text.Encoding.UTF8.GetBytes(category == TrailCategory.Custom ? "(custom)" : $"{builder.File.BareName} (static)");
        byte[] end = System.Text.Encoding.UTF8.GetBytes(suffix);
        var fields = new CsvFields();
        var lines = new LineReader(text);
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            if (line.IsEmpty || line[0] == '#')
            {
                continue;
            }

            builder.List.ContentLines++;
            if (!fields.TrySplit(line) || fields.Count < 2)
            {
                builder.List.AddFault(LineFault.BadRow, lines.Number, line);
                continue;
            }

            // As in Maltrail: what follows the first comma is info, further commas included, and "host/" means the name.
            ReadOnlySpan<byte> info = fields.Count == 2 ? fields[1] : line[(line.IndexOf((byte)',') + 1)..].Trim((byte)'"');
            ReadOnlySpan<byte> value = AsciiText.Trim(fields[0]);
            int scheme = value.IndexOf("://"u8);
            value = scheme < 0 ? value : value[(scheme + 3)..];
            value = value.TrimEnd((byte)'/');
            builder.Add(value, lines.Number, builder.Meta([.. info, .. end], reference, category), IndicatorRules.Clean);
        }

        builder.List.LineCount = lines.Number;
    }

    /// <summary>Rows whose columns the first row names.</summary>
    public static void ReadHeader(ReadOnlySpan<byte> text, ListBuilder builder)
    {
        var fields = new CsvFields();
        var lines = new LineReader(text);
        HeaderColumns? columns = null;
        byte[] defaultInfo = System.Text.Encoding.UTF8.GetBytes(builder.DefaultInfo());
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            if (line.IsEmpty || (columns is not null && line[0] == '#'))
            {
                continue;
            }

            bool isRow = fields.TrySplit(line);
            if (columns is null)
            {
                HeaderColumns found = HeaderColumns.Of(fields, builder.Options.Column);
                columns = isRow && found.Indicators.Count > 0 ? found : null;
                continue;
            }

            builder.List.ContentLines++;
            if (!isRow)
            {
                builder.List.AddFault(LineFault.BadRow, lines.Number, line);
                continue;
            }

            ReadOnlySpan<byte> info = Field(fields, columns.Info);
            ReadOnlySpan<byte> reference = Field(fields, columns.Reference);
            int meta = builder.Meta(info.IsEmpty ? defaultInfo : info, reference.IsEmpty ? "(custom)"u8 : [.. reference, .. " (custom)"u8], TrailCategory.Custom);
            foreach ((int number, byte[] prefix) in columns.Indicators)
            {
                ReadOnlySpan<byte> value = Field(fields, number);
                if (!value.IsEmpty)
                {
                    builder.Add(prefix.Length == 0 ? value : [.. prefix, .. value], lines.Number, meta, IndicatorRules.Clean);
                }
            }
        }

        builder.List.LineCount = lines.Number;
    }

    private static ReadOnlySpan<byte> Field(CsvFields fields, int number) => number < 0 || number >= fields.Count ? default : AsciiText.Trim(fields[number]);

    private static TrailCategory CategoryOf(ReadOnlySpan<byte> info, ReadOnlySpan<byte> reference) =>
        reference.IndexOf("(custom)"u8) >= 0 || reference.IndexOf("(remote custom)"u8) >= 0 ? TrailCategory.Custom
        : reference.IndexOf("(static)"u8) < 0 ? TrailCategory.Feed
        : info.EndsWith("(malware)"u8) ? TrailCategory.Malware
        : info.EndsWith("(malicious)"u8) ? TrailCategory.Malicious
        : info.EndsWith("(suspicious)"u8) ? TrailCategory.Suspicious
        : TrailCategory.Uncategorised;
}
