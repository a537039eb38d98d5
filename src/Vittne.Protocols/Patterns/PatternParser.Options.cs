namespace Vittne.Protocols.Patterns;

/// <content>Switches inside of a pattern.</content>
internal sealed partial class PatternParser
{
    /// <summary>
    /// Takes <c>(?i)</c> and the like, which Python allows only at the very start. False, with nothing taken, when it is something else.
    /// </summary>
    private bool TryReadLeadingOptions(ref PatternOptions options, bool isAllowed)
    {
        int end = _at + 2;
        while (end < _pattern.Length && "aiLmsux".Contains(_pattern[end], StringComparison.Ordinal))
        {
            end++;
        }

        if (end == _at + 2 || end >= _pattern.Length || _pattern[_at + 1] != '?' || _pattern[end] != ')')
        {
            return false;
        }

        int start = _at;
        if (!isAllowed)
        {
            Fail("global flags not at the start of the expression", start);
        }

        options |= ToOptions(_pattern.AsSpan(start + 2, end - start - 2), start);
        _at = end + 1;
        return true;
    }

    private PatternNode ReadScopedOptions(PatternOptions options, int start)
    {
        int colon = _at;
        while (colon < _pattern.Length && (char.IsAsciiLetter(_pattern[colon]) || _pattern[colon] == '-'))
        {
            colon++;
        }

        ReadOnlySpan<char> flags = _pattern.AsSpan(_at, colon - _at);
        if (flags.IsEmpty || colon >= _pattern.Length || _pattern[colon] != ':')
        {
            Fail("unknown extension", start);
            return PatternNode.Empty;
        }

        int minus = flags.IndexOf('-');
        ReadOnlySpan<char> on = minus < 0 ? flags : flags[..minus];
        ReadOnlySpan<char> off = minus < 0 ? [] : flags[(minus + 1)..];
        if ((minus >= 0 && off.IsEmpty) || off.IndexOfAny("auL") >= 0 || (!off.IsEmpty && on.IndexOfAny(off) >= 0))
        {
            Fail("bad inline flags", start);
        }

        _at = colon + 1;
        return ReadBody((options | ToOptions(on, start)) & ~ToOptions(off, start), start);
    }

    private PatternOptions ToOptions(ReadOnlySpan<char> flags, int start)
    {
        PatternOptions options = PatternOptions.None;
        foreach (char flag in flags)
        {
            switch (flag)
            {
                case 'i':
                    options |= PatternOptions.IgnoreCase;
                    break;
                case 'm':
                    options |= PatternOptions.MultiLine;
                    break;
                case 's':
                    options |= PatternOptions.DotAll;
                    break;
                case 'x':
                    Refuse("verbose mode", start);
                    break;
                case 'a' or 'u' when !(flags.Contains('a') && flags.Contains('u')):
                    break;
                default:
                    Fail("unknown or bad inline flag", start);
                    break;
            }
        }

        return options;
    }
}
