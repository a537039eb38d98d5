using System.Globalization;
using System.Text;

namespace Vittne.Cli.Rendering;

/// <summary>Makes hostile text harmless on a terminal: control characters, line ends and marks that turn the writing direction become visible.</summary>
internal static class TerminalText
{
    /// <summary>The text with every unsafe character escaped; the same object when there is none.</summary>
    public static string Escape(string text)
    {
        int i = 0;
        while (i < text.Length && !IsUnsafe(text[i]))
        {
            i++;
        }

        if (i == text.Length)
        {
            return text;
        }

        var escaped = new StringBuilder(text, 0, i, text.Length + 16);
        for (; i < text.Length; i++)
        {
            char c = text[i];
            if (!IsUnsafe(c))
            {
                escaped.Append(c);
            }
            else if (c < 0x100)
            {
                escaped.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}");
            }
            else
            {
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
        }

        return escaped.ToString();
    }

    // Categories: control, format (bidi marks, joiners, tags), lone surrogates, line and paragraph separators.
    private static bool IsUnsafe(char c) =>
        c < ' ' || (c >= 0x7F && char.GetUnicodeCategory(c)
            is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
