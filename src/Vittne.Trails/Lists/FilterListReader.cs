namespace Vittne.Trails.Lists;

/// <summary>Reads names out of block lists for browsers and resolvers: adblock, dnsmasq, Unbound.</summary>
internal static class FilterListReader
{
    /// <summary>Reads a list.</summary>
    public static void Read(ReadOnlySpan<byte> text, ListBuilder builder)
    {
        int meta = builder.CustomMeta();
        ListFormat format = builder.List.Format;
        var lines = new LineReader(text);
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            if (line.IsEmpty || line[0] is (byte)'#' or (byte)'!' or (byte)';' || (format == ListFormat.Adblock && (line[0] == '[' || line.StartsWith("@@"u8))))
            {
                continue;
            }

            builder.List.ContentLines++;
            bool isName = format switch
            {
                ListFormat.Adblock => TryAdblock(line, lines.Number, meta, builder),
                ListFormat.Dnsmasq => TryDnsmasq(line, lines.Number, meta, builder),
                _ => TryUnbound(line, lines.Number, meta, builder),
            };
            if (!isName)
            {
                builder.List.AddFault(LineFault.NotAnIndicator, lines.Number, line);
            }
        }

        builder.List.LineCount = lines.Number;
    }

    private static bool TryAdblock(ReadOnlySpan<byte> line, int number, int meta, ListBuilder builder)
    {
        int end = line.IndexOf((byte)'^');
        if (!line.StartsWith("||"u8) || end < 3 || line[2..end].Contains((byte)'/'))
        {
            return false;
        }

        builder.AddDomain(line[2..end], number, meta);
        return true;
    }

    private static bool TryDnsmasq(ReadOnlySpan<byte> line, int number, int meta, ListBuilder builder)
    {
        int first = line.IndexOf("=/"u8);
        int last = line.LastIndexOf((byte)'/');
        if (first < 0 || last <= first + 1)
        {
            return false;
        }

        ReadOnlySpan<byte> names = line[(first + 2)..last];
        while (!names.IsEmpty)
        {
            int slash = names.IndexOf((byte)'/');
            builder.AddDomain(slash < 0 ? names : names[..slash], number, meta);
            names = slash < 0 ? default : names[(slash + 1)..];
        }

        return true;
    }

    private static bool TryUnbound(ReadOnlySpan<byte> line, int number, int meta, ListBuilder builder)
    {
        // local-data repeats the name of its zone, and the file's other options deny nothing.
        if (!line.StartsWith("local-zone:"u8))
        {
            return line.Contains((byte)':');
        }

        ReadOnlySpan<byte> rest = AsciiText.Trim(line["local-zone:".Length..]);
        int end = rest.StartsWith("\""u8) ? rest[1..].IndexOf((byte)'"') + 1 : rest.IndexOfAny((byte)' ', (byte)'\t');
        ReadOnlySpan<byte> name = end <= 0 ? rest : rest[..end];
        builder.AddDomain(name.Trim((byte)'"'), number, meta);
        return true;
    }
}
