namespace Vittne.Protocols.Patterns.Perl;

/// <content>Switches and comments inside of a pattern.</content>
internal sealed partial class PerlParser
{
    private const string SwitchLetters = "imsxnUJ-^";

    private bool TrySkipComment()
    {
        int start = _at;
        if (!TryTake("(?#"))
        {
            return false;
        }

        int end = _pattern.IndexOf(')', _at);
        if (end < 0)
        {
            Fail("a comment without its closing parenthesis", start);
        }

        _at = end < 0 ? _pattern.Length : end + 1;
        return true;
    }

    /// <summary>Takes <c>(?i)</c> and the like, which hold to the end of the group around them.</summary>
    private bool TryReadSwitches(ref PatternOptions options)
    {
        int start = _at;
        if (TryTake("(?") && TryReadSwitchLetters(ref options, ')'))
        {
            return true;
        }

        _at = start;
        return false;
    }

    private bool TryReadSwitchLetters(ref PatternOptions options, char terminator)
    {
        int end = _at;
        while (end < _pattern.Length && SwitchLetters.Contains(_pattern[end], StringComparison.Ordinal))
        {
            end++;
        }

        if (end >= _pattern.Length || _pattern[end] != terminator)
        {
            return false;
        }

        PatternOptions changed = options;
        bool isOn = true;
        for (; _at < end; _at++)
        {
            PatternOptions flag = _pattern[_at] switch
            {
                'i' => PatternOptions.IgnoreCase,
                'm' => PatternOptions.MultiLine,
                's' => PatternOptions.DotAll,
                'x' => PatternOptions.Extended,
                'n' => PatternOptions.NoAutoCapture,
                'U' => PatternOptions.Ungreedy,
                _ => PatternOptions.None,
            };
            switch (_pattern[_at])
            {
                case '-':
                    isOn = false;
                    break;
                case '^':
                    changed &= PatternOptions.Ungreedy;
                    break;
                default:
                    changed = isOn ? changed | flag : changed & ~flag;
                    break;
            }
        }

        _at++;
        options = changed;
        return true;
    }
}
