using System.Globalization;

namespace Vittne.Trails.Feeds;

/// <summary>
/// The part of TOML 1.0 that a table of feeds needs, strictly: <c>[[name]]</c> tables with keys that hold strings, whole numbers, truth
/// values or arrays of strings in one line. Anything else is an error that names its line.
/// </summary>
internal static class TomlReader
{
    /// <summary>The tables of a name.</summary>
    /// <exception cref="FormatException">The text is not of this form.</exception>
    public static List<Dictionary<string, string[]>> Tables(string text, string name)
    {
        var tables = new List<Dictionary<string, string[]>>();
        int number = 0;
        foreach (string raw in text.Split('\n'))
        {
            number++;
            string line = raw.Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (line[0] == '[')
            {
                if (WithoutComment(line) != $"[[{name}]]")
                {
                    throw Wrong(number, $"a table other than [[{name}]]");
                }

                tables.Add(new Dictionary<string, string[]>(StringComparer.Ordinal));
                continue;
            }

            int sign = line.IndexOf('=', StringComparison.Ordinal);
            string key = sign < 0 ? "" : line[..sign].Trim();
            if (key.Length == 0 || !key.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
            {
                throw Wrong(number, "no key = value");
            }

            if (tables.Count == 0)
            {
                throw Wrong(number, $"a key before the first [[{name}]]");
            }

            int at = sign + 1;
            string[] value = Value(line, ref at, number);
            if (WithoutComment(line[at..]).Length > 0)
            {
                throw Wrong(number, "something behind the value");
            }

            if (!tables[^1].TryAdd(key, value))
            {
                throw Wrong(number, $"{key} a second time");
            }
        }

        return tables;
    }

    private static string[] Value(string line, ref int at, int number)
    {
        SkipBlanks(line, ref at);
        if (at >= line.Length)
        {
            throw Wrong(number, "no value");
        }

        if (line[at] is '"' or '\'')
        {
            return [Text(line, ref at, number)];
        }

        if (line[at] != '[')
        {
            int start = at;
            while (at < line.Length && (char.IsAsciiLetterOrDigit(line[at]) || line[at] is '-' or '+'))
            {
                at++;
            }

            string word = line[start..at];
            return word is "true" or "false" || long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? [word] : throw Wrong(number, "a value that is neither text, whole number, truth value nor array");
        }

        at++;
        var items = new List<string>();
        while (true)
        {
            SkipBlanks(line, ref at);
            if (at < line.Length && line[at] == ']')
            {
                at++;
                return [.. items];
            }

            if (at >= line.Length || line[at] is not ('"' or '\''))
            {
                throw Wrong(number, "an array that does not end, or holds more than texts");
            }

            items.Add(Text(line, ref at, number));
            SkipBlanks(line, ref at);
            if (at < line.Length && line[at] == ',')
            {
                at++;
            }
            else if (at >= line.Length || line[at] != ']')
            {
                throw Wrong(number, "an array without comma");
            }
        }
    }

    private static string Text(string line, ref int at, int number)
    {
        char quote = line[at++];
        var text = new System.Text.StringBuilder();
        while (at < line.Length && line[at] != quote)
        {
            if (line[at] == '\\' && quote == '"')
            {
                at++;
                text.Append(at >= line.Length ? throw Wrong(number, "a text that does not end") : line[at] switch
                {
                    't' => '\t',
                    'n' => '\n',
                    '"' => '"',
                    '\\' => '\\',
                    _ => throw Wrong(number, $"the escape \\{line[at]}"),
                });
            }
            else
            {
                text.Append(line[at]);
            }

            at++;
        }

        if (at >= line.Length)
        {
            throw Wrong(number, "a text that does not end");
        }

        at++;
        return text.ToString();
    }

    private static void SkipBlanks(string line, ref int at)
    {
        while (at < line.Length && line[at] is ' ' or '\t')
        {
            at++;
        }
    }

    private static string WithoutComment(string text)
    {
        int hash = text.IndexOf('#', StringComparison.Ordinal);
        return (hash < 0 ? text : text[..hash]).Trim();
    }

    private static FormatException Wrong(int line, string what) => new(string.Create(CultureInfo.InvariantCulture, $"line {line} holds {what}"));
}
