using System.Text;

namespace Vittne.Trails.Imports;

/// <summary>Plain text as a pattern that matches just it, and back.</summary>
internal static class LiteralPattern
{
    private const string Special = @"\.^$|?*+()[]{}";

    /// <summary>The pattern for a text.</summary>
    public static string Of(string text)
    {
        var pattern = new StringBuilder();
        foreach (char value in text)
        {
            if (Special.Contains(value, StringComparison.Ordinal))
            {
                pattern.Append('\\');
            }

            pattern.Append(value);
        }

        return pattern.ToString();
    }

    /// <summary>The anchored pattern of a text in which <paramref name="many"/> stands for any text and <paramref name="one"/> for one character.</summary>
    public static string OfWildcards(string text, char many, char one)
    {
        var pattern = new StringBuilder("^");
        foreach (char value in text)
        {
            pattern.Append(value == many ? ".*" : value == one ? "." : Of(value.ToString()));
        }

        return pattern.Append('$').ToString();
    }

    /// <summary>The text that a pattern means when it is literal.</summary>
    public static bool TryText(string pattern, out string text)
    {
        var plain = new StringBuilder();
        for (int i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\' && i + 1 < pattern.Length)
            {
                i++;
            }

            plain.Append(pattern[i]);
        }

        text = plain.ToString();
        return Of(text) == pattern;
    }
}
