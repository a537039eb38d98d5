using System.Text;

namespace Vittne.Trails.Imports;

/// <summary>A Suricata rule cut into its header and options. Only what trails need is understood.</summary>
internal sealed class SuricataRule
{
    private const int MaxOptions = 256;
    private const int HeaderWords = 7;

    private readonly List<(string Name, string Value)> _options = [];

    /// <summary>The words of the header: action, protocol, source, its port, direction, destination, its port.</summary>
    public string[] Header { get; private init; } = [];

    /// <summary>The options in their order; values without quotes.</summary>
    public IReadOnlyList<(string Name, string Value)> Options => _options;

    /// <summary>The value of the first option of a name; empty without one.</summary>
    public string this[string name] => _options.Find(option => option.Name == name).Value ?? "";

    /// <summary>Cuts a rule.</summary>
    public static bool TryParse(string line, out SuricataRule rule)
    {
        int open = line.IndexOf('(', StringComparison.Ordinal);
        int close = line.LastIndexOf(')');
        string[] header = open < 0 ? [] : Words(line[..open]);
        rule = new SuricataRule { Header = header };
        return header.Length == HeaderWords && close > open && header[4] is "->" or "<>" && rule.TryOptions(line[(open + 1)..close]);
    }

    /// <summary>The text of a <c>content</c> value: escapes and <c>|hex|</c> decoded, bytes beyond ASCII as Latin-1.</summary>
    public static bool TryContent(string value, out string content)
    {
        var text = new StringBuilder();
        bool isHex = false;
        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] == '|')
            {
                isHex = !isHex;
            }
            else if (isHex && value[i] != ' ')
            {
                if (i + 1 >= value.Length || !char.IsAsciiHexDigit(value[i]) || !char.IsAsciiHexDigit(value[i + 1]))
                {
                    content = "";
                    return false;
                }

                text.Append((char)Convert.ToByte(value.Substring(i, 2), 16));
                i++;
            }
            else if (!isHex)
            {
                i += value[i] == '\\' && i + 1 < value.Length ? 1 : 0;
                text.Append(value[i]);
            }
        }

        content = text.ToString();
        return !isHex;
    }

    /// <summary>Words between blanks; a list in brackets is one word whatever blanks it has.</summary>
    private static string[] Words(string header)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        int depth = 0;
        foreach (char value in header + " ")
        {
            depth += value == '[' ? 1 : value == ']' ? -1 : 0;
            if (!char.IsWhiteSpace(value))
            {
                word.Append(value);
            }
            else if (depth <= 0 && word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }

        return [.. words];
    }

    private bool TryOptions(string text)
    {
        int start = 0;
        bool isQuoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (text[i] == ';' && !isQuoted)
            {
                if (_options.Count >= MaxOptions)
                {
                    return false;
                }

                Add(text[start..i].Trim());
                start = i + 1;
            }
        }

        return !isQuoted && text[start..].Trim().Length == 0;
    }

    private void Add(string option)
    {
        int colon = option.IndexOf(':', StringComparison.Ordinal);
        string value = colon < 0 ? "" : option[(colon + 1)..].Trim();
        bool isQuoted = value.Length > 1 && value[0] == '"' && value[^1] == '"';
        _options.Add((colon < 0 ? option : option[..colon].Trim(), isQuoted ? value[1..^1] : value));
    }
}
