using System.Globalization;
using System.Text;
using System.Text.Json;
using Vittne.Trails.Export;
using Vittne.Trails.Imports;
using Vittne.Trails.Lists;

namespace Vittne.Trails.Feeds;

/// <summary>
/// Turns the body of a feed into the form in which feeds are kept. <c>list</c>: one indicator a line, in front of blanks; <c>csv</c>: columns;
/// <c>quads</c>: every IPv4 address; <c>onionoo</c>: relays of the Tor project; <c>jsonl</c>: an object a line; <c>auto</c>: any list that
/// <c>trails build</c> reads; the others: that list format; <c>archive</c>: static lists, which <see cref="StaticArchive"/> takes apart.
/// </summary>
internal static class FeedConverter
{
    /// <summary>Name of the format that is an archive of lists.</summary>
    public const string Archive = "archive";

    private static readonly (string Name, string FileName)[] ListForms =
    [
        ("auto", ""), ("trails", "trails.csv"), ("header-csv", "a.csv"), ("stix", "a.json"), ("misp", "a.json"), ("openioc", "a.ioc"), ("suricata", "a.rules"), ("hosts", "hosts"),
        ("adblock", "a.list"), ("dnsmasq", "a.list"), ("rpz", "a.zone"), ("unbound", "a.list"),
    ];

    /// <summary>Names of the formats.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["list", "csv", "quads", "onionoo", "jsonl", Archive, .. ListForms.Select(form => form.Name)];

    /// <summary>Converts a body.</summary>
    /// <param name="feed">The feed.</param>
    /// <param name="body">Its body.</param>
    /// <param name="fileName">Name of the file that it came from.</param>
    /// <param name="entries">How many indicators it holds.</param>
    /// <returns>The text of the kept feed.</returns>
    /// <exception cref="InvalidDataException">The body is not what the feed is said to be; the message tells why.</exception>
    public static string Convert(FeedDescriptor feed, byte[] body, string fileName, out int entries)
    {
        string start = Encoding.UTF8.GetString(body, 0, Math.Min(body.Length, 512)).TrimStart();
        if (start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidDataException("is a web page, not a list");
        }

        if (feed.Check.Length > 0 && body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(feed.Check)) < 0)
        {
            throw new InvalidDataException($"lacks '{feed.Check}'");
        }

        ParsedList list = Array.Find(ListForms, form => form.Name == feed.Format) is { Name: not null } form
            ? ReadList(feed, body, form.FileName.Length > 0 ? form.FileName : fileName)
            : ReadLines(feed, body);
        entries = list.EntryCount;
        if (entries == 0)
        {
            throw new InvalidDataException("holds no indicator");
        }

        return Text(list, feed);
    }

    private static ParsedList ReadList(FeedDescriptor feed, byte[] body, string fileName)
    {
        if (feed.Keep.Count > 0 || feed.Drop.Count > 0)
        {
            body = Encoding.UTF8.GetBytes(string.Join('\n', Encoding.UTF8.GetString(body).Split('\n').Where(line => IsWanted(feed, line))));
        }

        var file = new ListFile(feed.Name, fileName, "", IsCustom: false);
        return ListParser.Parse(file, body, new TrailBuildOptions { Info = feed.Info.Length > 0 && feed.Info != feed.Name ? feed.Info : null, Column = feed.Column.Length > 0 ? feed.Column : null });
    }

    private static ParsedList ReadLines(FeedDescriptor feed, byte[] body)
    {
        var list = new ParsedList(feed.Name, ListFormat.Feed, body.Length);
        var builder = new ListBuilder(list, ListFile.StandardInput, TrailBuildOptions.Default);
        if (feed.Format == "onionoo")
        {
            ReadRelays(feed, body, builder);
            return list;
        }

        int number = 0;
        foreach (string raw in Encoding.UTF8.GetString(body).Split('\n'))
        {
            number++;
            string line = raw.Trim();
            if (line.Length == 0 || !IsWanted(feed, line))
            {
                continue;
            }

            line = Without(feed, line);
            switch (feed.Format)
            {
                case "csv":
                    Add(feed, builder, number, Columns(feed, line));
                    break;
                case "quads":
                    AddQuads(feed, builder, number, line);
                    break;
                case "jsonl":
                    Add(feed, builder, number, Property(feed, line));
                    break;
                default:
                    Add(feed, builder, number, line[0] is '#' or ';' || line.StartsWith("//", StringComparison.Ordinal) ? "" : Token(line));
                    break;
            }
        }

        return list;
    }

    private static bool IsWanted(FeedDescriptor feed, string line) =>
        (feed.Keep.Count == 0 || feed.Keep.Any(text => line.Contains(text, StringComparison.OrdinalIgnoreCase)))
        && !feed.Drop.Any(text => line.Contains(text, StringComparison.OrdinalIgnoreCase));

    private static string Without(FeedDescriptor feed, string text)
    {
        foreach (string cut in feed.Cut)
        {
            text = text.Replace(cut, "", StringComparison.OrdinalIgnoreCase);
        }

        return text.Trim();
    }

    private static string Token(string line)
    {
        int end = line.AsSpan().IndexOfAny(" \t");
        return end < 0 ? line : line[..end];
    }

    private static (string Value, string Info) Columns(FeedDescriptor feed, string line)
    {
        if (line[0] == '#')
        {
            return ("", "");
        }

        string[] fields;
        if (feed.Separator == ',')
        {
            var row = new CsvFields();
            bool isRow = row.TrySplit(Encoding.UTF8.GetBytes(line));
            fields = isRow ? [.. Enumerable.Range(0, row.Count).Select(i => Encoding.UTF8.GetString(row[i]).Trim().Trim('"'))] : [];
        }
        else
        {
            fields = line.Split(feed.Separator, StringSplitOptions.TrimEntries);
        }

        string[] where = feed.Where.Split('=', 2);
        bool counts = where.Length < 2 || string.Equals(Field(fields, where[0]), where[1], StringComparison.OrdinalIgnoreCase);
        return counts ? (Field(fields, feed.Column), feed.InfoColumn > 0 ? Field(fields, feed.InfoColumn.ToString(CultureInfo.InvariantCulture)) : "") : ("", "");
    }

    private static string Field(string[] fields, string column) =>
        int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= fields.Length ? fields[number - 1] : "";

    private static string Property(FeedDescriptor feed, string line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return JsonKind.Text(document.RootElement, feed.Column);
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private static void ReadRelays(FeedDescriptor feed, byte[] body, ListBuilder builder)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            int number = 0;
            foreach (JsonElement relay in JsonKind.Items(document.RootElement, "relays"))
            {
                number++;
                foreach (JsonElement address in JsonKind.Items(relay, "or_addresses"))
                {
                    string text = address.ValueKind == JsonValueKind.String ? address.GetString()! : "";
                    int colon = text.LastIndexOf(':');
                    Add(feed, builder, number, colon < 0 ? text : text[..colon]);
                }
            }
        }
        catch (JsonException e)
        {
            throw JsonKind.Broken(e);
        }
    }

    private static void AddQuads(FeedDescriptor feed, ListBuilder builder, int number, string line)
    {
        int at = 0;
        while (at < line.Length)
        {
            int start = at;
            while (at < line.Length && (char.IsAsciiDigit(line[at]) || line[at] == '.'))
            {
                at++;
            }

            if (at - start is >= 7 and <= 15 && AddressText.TryParseV4(Encoding.ASCII.GetBytes(line[start..at]), out _))
            {
                Add(feed, builder, number, line[start..at]);
            }

            at += at == start ? 1 : 0;
        }
    }

    private static void Add(FeedDescriptor feed, ListBuilder builder, int number, string value) => Add(feed, builder, number, (value, ""));

    private static void Add(FeedDescriptor feed, ListBuilder builder, int number, (string Value, string Info) said)
    {
        if (said.Value.Length == 0)
        {
            return;
        }

        string value = feed.CutsPath ? Folder(said.Value) : said.Value;
        string info = feed.Info.Replace("{}", said.Info.Length > 0 ? Without(feed, said.Info).ToLowerInvariant() : "unknown", StringComparison.Ordinal);
        builder.Add(feed.Prefix, value, new ObjectPlace(number, feed.Name, builder.Meta(info, feed.Reference, feed.Category)));
    }

    private static string Folder(string url)
    {
        int query = url.IndexOf('?', StringComparison.Ordinal);
        url = query < 0 ? url : url[..query];
        int scheme = url.IndexOf("://", StringComparison.Ordinal) + 3;
        int panel = url.IndexOf("/panel", Math.Min(scheme, url.Length), StringComparison.OrdinalIgnoreCase);
        int last = panel >= 0 ? panel : url.LastIndexOf('/');
        return last > scheme ? url[..last] + "/" : url;
    }

    /// <summary>A feed's own words stand where the feed has a name of its own for what it tells.</summary>
    private static string Text(ParsedList list, FeedDescriptor feed)
    {
        var text = new StringBuilder(FeedReader.Head(feed.Category));
        foreach (ref readonly ListEntry entry in list.Entries)
        {
            TrailMeta meta = list.Metas[entry.Meta];
            string reference = list.Format is ListFormat.Feed or ListFormat.TrailsCsv ? meta.Reference : feed.Reference;
            text.Append(CsvExporter.Field(TypedText.Of(entry.Kind, KeyText.Of(entry.Kind, list.KeyOf(entry))))).Append(',')
                .Append(CsvExporter.Field(meta.Info)).Append(',').Append(CsvExporter.Field(reference)).Append('\n');
        }

        return text.ToString();
    }
}
