namespace Vittne.Trails.Lists;

/// <summary>Reads hosts files that send names nowhere: <c>0.0.0.0 name…</c>.</summary>
internal static class HostsReader
{
    /// <summary>True for a line that begins with an address that leads nowhere and names something.</summary>
    public static bool IsEntry(ReadOnlySpan<byte> line)
    {
        int blank = line.IndexOfAny((byte)' ', (byte)'\t');
        return blank > 0 && IsNowhere(line[..blank]) && line[blank + 1] != '#';
    }

    /// <summary>Reads a list.</summary>
    public static void Read(ReadOnlySpan<byte> text, ListBuilder builder)
    {
        int meta = builder.CustomMeta();
        var lines = new LineReader(text);
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            if (line.IsEmpty || line[0] == '#')
            {
                continue;
            }

            builder.List.ContentLines++;
            ReadOnlySpan<byte> rest = StaticListReader.WithoutNote(line);
            if (!IsEntry(rest))
            {
                // Hosts files also give true addresses to names of the own network: nothing to hunt for.
                builder.List.AddFault(LineFault.NotAnIndicator, lines.Number, line);
                continue;
            }

            rest = rest[(rest.IndexOfAny((byte)' ', (byte)'\t') + 1)..];
            while (!(rest = AsciiText.Trim(rest)).IsEmpty)
            {
                int blank = rest.IndexOfAny((byte)' ', (byte)'\t');
                ReadOnlySpan<byte> name = blank < 0 ? rest : rest[..blank];
                rest = blank < 0 ? default : rest[blank..];
                if (!IsLocal(name))
                {
                    builder.AddDomain(name, lines.Number, meta);
                }
            }
        }

        builder.List.LineCount = lines.Number;
    }

    private static bool IsNowhere(ReadOnlySpan<byte> address) => address.SequenceEqual("0.0.0.0"u8) || address.SequenceEqual("127.0.0.1"u8)
        || address.SequenceEqual("::"u8) || address.SequenceEqual("::1"u8) || address.SequenceEqual("0"u8);

    private static bool IsLocal(ReadOnlySpan<byte> name) => AsciiText.StartsWith(name, "localhost"u8) || AsciiText.StartsWith(name, "ip6-"u8)
        || name.SequenceEqual("local"u8) || name.SequenceEqual("broadcasthost"u8) || name.SequenceEqual("0.0.0.0"u8);
}
