using System.IO.Enumeration;
using Vittne.Trails.Imports;

namespace Vittne.Trails.Lists;

/// <summary>Recognises how a list is written: by its name, else by what most of its first lines look like.</summary>
internal static class ListFormats
{
    /// <summary>The last of the formats.</summary>
    public const ListFormat Last = ListFormat.Feed;

    private const int LinesLookedAt = 64;

    /// <summary>False for formats of objects, where the number of a line is that of an object.</summary>
    public static bool HasLines(ListFormat format) => format is not (ListFormat.Stix or ListFormat.Misp or ListFormat.OpenIoc);

    /// <summary>The format of a list.</summary>
    /// <exception cref="InvalidDataException">The list is JSON of no known kind.</exception>
    public static ListFormat Recognise(string fileName, ReadOnlySpan<byte> text)
    {
        if (ByName(fileName) is ListFormat named)
        {
            return named;
        }

        if (fileName.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
        {
            return OfCsv(text);
        }

        if (ByExtension(fileName) is ListFormat known)
        {
            return known;
        }

        ReadOnlySpan<byte> start = AsciiText.Trim(text[..Math.Min(text.Length, 4096)]);
        start = start.StartsWith("\uFEFF"u8) ? start[3..] : start;
        if (JsonKind.IsJsonName(fileName) || start.StartsWith("{"u8))
        {
            return JsonKind.Of(text);
        }

        return ByContent(text) ?? (fileName.EndsWith(".txt", StringComparison.OrdinalIgnoreCase) ? ListFormat.StaticList : ListFormat.PlainList);
    }

    private static ListFormat? ByName(string name) => name.ToLowerInvariant() switch
    {
        "ignore_events.txt" => ListFormat.IgnoreEvents,
        "ua.txt" => ListFormat.UserAgents,
        "cdn_ranges.txt" => ListFormat.CdnRanges,
        "bogon_ranges.txt" => ListFormat.BogonRanges,
        "manifest.json" or "worst_asns.txt" => ListFormat.Unused,
        string lower when FileSystemName.MatchesSimpleExpression("whitelist*.txt", lower) => ListFormat.Whitelist,
        string lower when FileSystemName.MatchesSimpleExpression("ip2cc*.csv*", lower) => ListFormat.Unused,
        _ => null,
    };

    private static ListFormat? ByExtension(string name) => Path.GetExtension(name).ToLowerInvariant() switch
    {
        ".rules" => ListFormat.SuricataRules,
        ".ioc" => ListFormat.OpenIoc,
        ".feed" => ListFormat.Feed,
        _ => null,
    };

    private static ListFormat OfCsv(ReadOnlySpan<byte> text)
    {
        var fields = new CsvFields();
        var lines = new LineReader(text);
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            if (line.IsEmpty || line[0] == '#' || !fields.TrySplit(line))
            {
                continue;
            }

            return HeaderColumns.IsHeader(fields) ? ListFormat.HeaderCsv
                : fields.Count == 2 ? ListFormat.StaticCsv
                : ListFormat.TrailsCsv;
        }

        return ListFormat.TrailsCsv;
    }

    private static ListFormat? ByContent(ReadOnlySpan<byte> text)
    {
        Span<int> votes = stackalloc int[(int)Last + 1];
        int seen = 0;
        var lines = new LineReader(text);
        while (seen < LinesLookedAt && lines.TryRead(out ReadOnlySpan<byte> line))
        {
            // Comments of all formats, and the lines of zone files that name nobody.
            if (line.IsEmpty || line[0] is (byte)'#' or (byte)';' or (byte)'!' or (byte)'$' || line.StartsWith("//"u8) || line.StartsWith("@ "u8))
            {
                continue;
            }

            seen++;
            if (FormOf(line) is ListFormat form)
            {
                votes[(int)form]++;
            }
        }

        for (int i = 0; i < votes.Length; i++)
        {
            if (votes[i] * 2 > seen)
            {
                return (ListFormat)i;
            }
        }

        return null;
    }

    private static ListFormat? FormOf(ReadOnlySpan<byte> line) =>
        line.StartsWith("||"u8) || line.StartsWith("@@||"u8) || line.IndexOf("##"u8) >= 0 ? ListFormat.Adblock
        : line.StartsWith("address=/"u8) || line.StartsWith("server=/"u8) || line.StartsWith("local=/"u8) ? ListFormat.Dnsmasq
        : line.StartsWith("local-zone:"u8) || line.StartsWith("local-data:"u8) || line.StartsWith("server:"u8) ? ListFormat.Unbound
        : HostsReader.IsEntry(line) ? ListFormat.Hosts
        : ZoneReader.IsEntry(line) ? ListFormat.ResponsePolicyZone
        : null;
}
