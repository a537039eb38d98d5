namespace Vittne.Trails.Lists;

/// <summary>Reads response policy zones that deny names: <c>name [ttl] [IN] CNAME .</c>.</summary>
internal static class ZoneReader
{
    /// <summary>True for a line that sends a name to the root, which is the policy NXDOMAIN.</summary>
    public static bool IsEntry(ReadOnlySpan<byte> line)
    {
        int word = line.IndexOf("CNAME"u8);
        word = word < 0 ? line.IndexOf("cname"u8) : word;
        if (word < 2 || !AsciiText.IsBlank(line[word - 1]))
        {
            return false;
        }

        ReadOnlySpan<byte> target = AsciiText.Trim(line[(word + 5)..]);
        return target.StartsWith("."u8) || target.StartsWith("*."u8) || AsciiText.StartsWith(target, "rpz-drop"u8);
    }

    /// <summary>Reads a list.</summary>
    public static void Read(ReadOnlySpan<byte> text, ListBuilder builder)
    {
        int meta = builder.CustomMeta();
        var lines = new LineReader(text);
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            // Zone files have much that denies nothing: $TTL, SOA and NS are no broken lines.
            if (line.IsEmpty || line[0] == ';' || !IsEntry(line))
            {
                continue;
            }

            builder.List.ContentLines++;
            ReadOnlySpan<byte> name = line[..line.IndexOfAny((byte)' ', (byte)'\t')];
            if (ZoneAddress.TryRead(name, out string network))
            {
                builder.Add(System.Text.Encoding.ASCII.GetBytes(network), lines.Number, meta, IndicatorRules.Clean);
            }
            else
            {
                builder.AddDomain(name, lines.Number, meta);
            }
        }

        builder.List.LineCount = lines.Number;
    }
}
