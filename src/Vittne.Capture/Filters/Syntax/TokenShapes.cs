namespace Vittne.Capture.Filters.Syntax;

/// <summary>How many characters at the front of a text have the shape of a token; 0 when none.</summary>
internal static class TokenShapes
{
    private const int MacParts = 6;

    /// <summary>A letter or digit, then letters, digits, dots, and between them <c>-</c> and <c>_</c>.</summary>
    public static int Name(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || !char.IsAsciiLetterOrDigit(text[0]))
        {
            return 0;
        }

        int length = 1;
        while (length < text.Length && (char.IsAsciiLetterOrDigit(text[length]) || text[length] is '-' or '_' or '.'))
        {
            length++;
        }

        while (text[length - 1] is '-' or '_')
        {
            length--;
        }

        return length;
    }

    /// <summary>One to four numbers with dots between.</summary>
    public static int Dotted(ReadOnlySpan<char> text, out int parts)
    {
        parts = 0;
        int length = 0;
        int at = 0;
        while (parts < 4)
        {
            int number = Number(text[at..]);
            if (number == 0)
            {
                break;
            }

            parts++;
            length = at + number;
            if (length >= text.Length || text[length] != '.')
            {
                break;
            }

            at = length + 1;
        }

        return length;
    }

    /// <summary>An Ethernet address in one of its four spellings.</summary>
    public static int Mac(ReadOnlySpan<char> text)
    {
        int best = 0;
        foreach (char separator in ":-.")
        {
            best = Math.Max(best, MacOf(text, separator));
        }

        if (Hex(text, 4) == 4 && text.Length >= 14 && text[4] == '.' && Hex(text[5..], 4) == 4 && text[9] == '.' && Hex(text[10..], 4) == 4)
        {
            best = Math.Max(best, 14);
        }

        return Hex(text, 12) == 12 ? Math.Max(best, 12) : best;
    }

    /// <summary>An IPv6 address: eight groups, or fewer with one <c>::</c>; the last two groups may be an IPv4 address.</summary>
    public static int Address6(ReadOnlySpan<char> text)
    {
        // The shape decides; that the rest can be read is looked at later. Greedy runs of groups are tried from the longest on.
        int length = 0;
        while (length < text.Length && (char.IsAsciiHexDigit(text[length]) || text[length] is ':' or '.'))
        {
            length++;
        }

        if (text[..length].Count(':') < 2)
        {
            return 0;
        }

        length = Math.Min(length, 45);
        for (; length >= 2; length--)
        {
            ReadOnlySpan<char> candidate = text[..length];
            if (candidate.Count(':') >= 2 && candidate[^1] != '.' && System.Net.IPAddress.TryParse(candidate, out _))
            {
                return length;
            }
        }

        return 0;
    }

    private static int MacOf(ReadOnlySpan<char> text, char separator)
    {
        int at = 0;
        for (int part = 0; part < MacParts; part++)
        {
            int digits = Hex(text[at..], 2);
            if (digits == 0)
            {
                return 0;
            }

            at += digits;
            if (part < MacParts - 1)
            {
                if (at >= text.Length || text[at] != separator)
                {
                    return 0;
                }

                at++;
            }
        }

        return at;
    }

    private static int Number(ReadOnlySpan<char> text)
    {
        int length = 0;
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            length = 2;
            while (length < text.Length && char.IsAsciiHexDigit(text[length]))
            {
                length++;
            }

            if (length > 2)
            {
                return length;
            }

            length = 0;
        }

        while (length < text.Length && char.IsAsciiDigit(text[length]))
        {
            length++;
        }

        return length;
    }

    private static int Hex(ReadOnlySpan<char> text, int most)
    {
        int length = 0;
        while (length < most && length < text.Length && char.IsAsciiHexDigit(text[length]))
        {
            length++;
        }

        return length;
    }
}
