namespace Vittne.Trails.Heuristics.Requests;

/// <summary>Lists of e-mail addresses in requests: what a stealer sends home.</summary>
internal static class EmailAddresses
{
    /// <summary>So many addresses make a list.</summary>
    private const int ListLength = 4;

    /// <summary>Characters from one address to the next in a list; farther apart they stand in unrelated fields.</summary>
    private const int MaxDistance = 100;

    /// <summary>Longest local part, RFC 5321 section 4.5.3.1.1.</summary>
    private const int MaxLocalPart = 64;

    /// <summary>Longest domain, RFC 5321 section 4.5.3.1.2.</summary>
    private const int MaxDomain = 255;

    public static bool AreListed(ReadOnlySpan<char> text)
    {
        int count = 0;
        int end = 0;
        int from = 0;
        while (true)
        {
            int at = text[from..].IndexOf('@');
            if (at < 0)
            {
                return false;
            }

            at += from;
            from = at + 1;
            int start = StartOfLocalPart(text, at, end);
            int domainEnd = EndOfDomain(text, at + 1);
            if (start == at || domainEnd == 0)
            {
                continue;
            }

            count = count > 0 && start - end <= MaxDistance ? count + 1 : 1;
            end = domainEnd;
            from = domainEnd;
            if (count == ListLength)
            {
                return true;
            }
        }
    }

    private static int StartOfLocalPart(ReadOnlySpan<char> text, int at, int floor)
    {
        int start = at;
        while (start > floor && at - start < MaxLocalPart && (char.IsAsciiLetterOrDigit(text[start - 1]) || text[start - 1] is '.' or '_' or '+' or '-'))
        {
            start--;
        }

        return start;
    }

    private static int EndOfDomain(ReadOnlySpan<char> text, int start)
    {
        int end = start;
        int lastDot = -1;
        while (end < text.Length && end - start < MaxDomain && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '.' or '-'))
        {
            lastDot = text[end] == '.' && end > start && end + 1 < text.Length && char.IsAsciiLetter(text[end + 1]) ? end : lastDot;
            end++;
        }

        return lastDot < 0 ? 0 : end;
    }
}
