using System.Globalization;

namespace Vittne.Trails.Feeds;

/// <summary>Tables of feeds: the one inside the program, and those of users.</summary>
public static class FeedTable
{
    private const string TableName = "feed";

    private static readonly string[] Keys =
    [
        "name", "url", "all", "format", "column", "info_column", "separator", "where", "keep", "drop", "cut", "cut_path", "prefix", "check", "info", "reference",
        "licence", "category", "enabled",
    ];

    /// <summary>The feeds that the program knows.</summary>
    public static IReadOnlyList<FeedDescriptor> BuiltIn()
    {
        using Stream stream = typeof(FeedTable).Assembly.GetManifestResourceStream("feeds.toml") ?? throw new InvalidOperationException("the table of feeds is missing in the program");
        using var reader = new StreamReader(stream);
        return Read(reader.ReadToEnd());
    }

    /// <summary>Reads a table.</summary>
    /// <exception cref="FormatException">The table is broken; the message completes "FILE …".</exception>
    public static IReadOnlyList<FeedDescriptor> Read(string toml)
    {
        ArgumentNullException.ThrowIfNull(toml);
        var feeds = new List<FeedDescriptor>();
        foreach (Dictionary<string, string[]> table in TomlReader.Tables(toml, TableName))
        {
            FeedDescriptor feed = Of(table);
            if (feeds.Exists(other => other.Name == feed.Name))
            {
                throw new FormatException($"names the feed '{feed.Name}' twice");
            }

            feeds.Add(feed);
        }

        return feeds;
    }

    private static FeedDescriptor Of(Dictionary<string, string[]> table)
    {
        string name = One(table, "name", "");
        if (name.Length == 0 || !name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            throw new FormatException($"has a feed whose name '{name}' is not made of lower-case letters, digits and dashes");
        }

        string? unknown = table.Keys.FirstOrDefault(key => !Keys.Contains(key));
        string[] urls = table.GetValueOrDefault("url", []);
        string format = One(table, "format", "list");
        string? problem = unknown is not null ? $"has no meaning for '{unknown}'; there are {string.Join(", ", Keys)}"
            : urls.Length == 0 || !Array.TrueForAll(urls, IsWebAddress) ? "needs a url that begins with https:// or http://"
            : !FeedConverter.Formats.Contains(format) ? $"has the unknown format '{format}'; there are {string.Join(", ", FeedConverter.Formats)}"
            : null;
        TrailCategory category = default;
        string word = One(table, "category", "feed");
        if (!Enum.TryParse(word, ignoreCase: true, out category) || !Enum.IsDefined(category) || !char.IsAsciiLetter(word[0]))
        {
            problem ??= $"has the unknown category '{word}'";
        }

        string separator = One(table, "separator", ",");
        if (!int.TryParse(One(table, "info_column", "0"), NumberStyles.None, CultureInfo.InvariantCulture, out int infoColumn) || separator.Length != 1)
        {
            problem ??= "needs a number for info_column and one character for separator";
        }

        return problem is null ? new FeedDescriptor
        {
            Name = name,
            Urls = urls,
            TakesAll = One(table, "all", "false") == "true",
            Format = format,
            Column = One(table, "column", ""),
            InfoColumn = infoColumn,
            Separator = separator[0],
            Where = One(table, "where", ""),
            Keep = table.GetValueOrDefault("keep", []),
            Drop = table.GetValueOrDefault("drop", []),
            Cut = table.GetValueOrDefault("cut", []),
            CutsPath = One(table, "cut_path", "false") == "true",
            Prefix = One(table, "prefix", ""),
            Check = One(table, "check", ""),
            Info = One(table, "info", name),
            Reference = One(table, "reference", new Uri(urls[0]).Host),
            Licence = One(table, "licence", "?"),
            Category = category,
            IsOn = One(table, "enabled", "true") == "true",
        }
        : throw new FormatException($"has a feed '{name}' that {problem}");
    }

    private static bool IsWebAddress(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed) && (parsed.Scheme == Uri.UriSchemeHttps || parsed.Scheme == Uri.UriSchemeHttp);

    private static string One(Dictionary<string, string[]> table, string key, string otherwise) =>
        !table.TryGetValue(key, out string[]? values) ? otherwise : values.Length == 1 ? values[0] : throw new FormatException($"needs one value for {key}");
}
