using System.Globalization;

namespace Vittne.Protocols.Patterns.Perl;

/// <summary>
/// Reads the syntax of PCRE2 (10.42, no UTF) as a tree: one character of the pattern is one byte, classes and case are ASCII. What it cannot
/// express (recursion, conditionals, callouts, verbs) is refused with its place.
/// </summary>
internal sealed partial class PerlParser
{
    /// <summary>Groups within groups; deeper nesting is refused, since reading it would recurse.</summary>
    private const int MaxDepth = 200;

    /// <summary>The bound of PCRE2 on a repeat count.</summary>
    private const int MaxRepeat = 65_535;

    private readonly string _pattern;
    private int _at;
    private int _depth;

    private PerlParser(string pattern) => _pattern = pattern;

    /// <summary>Why the text is no pattern, or none that can be searched for; null when it is one.</summary>
    public string? Problem { get; private set; }

    /// <summary>Where the problem is, from 0.</summary>
    public int ProblemAt { get; private set; }

    /// <summary>The tree; without meaning when there is a problem.</summary>
    public PatternNode Root { get; private set; } = PatternNode.Empty;

    /// <summary>How many captures there are.</summary>
    public int Captures => _captures;

    private bool IsAtEnd => _at >= _pattern.Length;

    /// <param name="pattern">The pattern; each character is a byte value.</param>
    /// <param name="options">What is switched on from the start.</param>
    public static PerlParser Parse(string pattern, PatternOptions options)
    {
        var parser = new PerlParser(pattern);
        parser.Root = parser.ReadAlternation(ref options);
        if (parser.Problem is null && !parser.IsAtEnd)
        {
            parser.Fail("closing parenthesis without an opening one", parser._at);
        }

        parser.CheckReferences();
        return parser;
    }

    private PatternNode ReadAlternation(ref PatternOptions options)
    {
        List<PatternNode> branches = [];
        do
        {
            // Switches set in one branch are on in the later ones too.
            branches.Add(ReadSequence(ref options));
        }
        while (Problem is null && TryTake('|'));
        return PatternNode.OfAlternation(branches);
    }

    private PatternNode ReadSequence(ref PatternOptions options)
    {
        List<PatternNode> parts = [];
        bool isRepeatable = false;
        while (Problem is null)
        {
            if (options.HasFlag(PatternOptions.Extended))
            {
                SkipBlanks();
            }

            if (IsAtEnd || _pattern[_at] is '|' or ')')
            {
                break;
            }

            int start = _at;
            char next = _pattern[_at];
            if (next is '*' or '+' or '?' or '{' && TryReadCount(out int minimum, out int maximum))
            {
                if (Problem is null && !isRepeatable)
                {
                    Fail("nothing to repeat", start);
                }
                else if (Problem is null)
                {
                    parts[^1] = ReadRepeat(parts[^1], minimum, maximum, options);
                    isRepeatable = false;
                }

                continue;
            }

            if (next == '(' && (TrySkipComment() || TryReadSwitches(ref options)))
            {
                isRepeatable = false;
                continue;
            }

            if (next == '\\' && TryReadQuoted(parts, options))
            {
                isRepeatable = parts.Count > 0;
                continue;
            }

            parts.Add(ReadAtom(options));
            isRepeatable = true;
        }

        return PatternNode.OfSequence(parts);
    }

    private PatternNode ReadRepeat(PatternNode part, int minimum, int maximum, PatternOptions options)
    {
        if (TryTake('+'))
        {
            return PatternNode.OfAtomic(PatternNode.OfRepeat(part, minimum, maximum, isLazy: false));
        }

        bool isLazy = options.HasFlag(PatternOptions.Ungreedy) != TryTake('?');
        return PatternNode.OfRepeat(part, minimum, maximum, isLazy);
    }

    private PatternNode ReadAtom(PatternOptions options)
    {
        char next = _pattern[_at];
        switch (next)
        {
            case '(':
                return ReadGroup(options);
            case '[':
                return ReadClass(options);
            case '\\':
                return ReadEscape(options);
        }

        _at++;
        bool isMultiLine = options.HasFlag(PatternOptions.MultiLine);
        return next switch
        {
            '.' => PatternNode.OfSet(options.HasFlag(PatternOptions.DotAll) ? ByteSet.All : NotNewline),
            '^' => PatternNode.OfAssertion(isMultiLine ? PatternAssertion.LineStart : PatternAssertion.TextStart),
            '$' => PatternNode.OfAssertion(isMultiLine ? PatternAssertion.LineEnd : PatternAssertion.TextEndOrFinalNewline),
            _ => Byte(next, options),
        };
    }

    private static PatternNode Byte(int value, PatternOptions options)
    {
        ByteSet set = default(ByteSet).With(value);
        return value < 0x80
            ? PatternNode.OfAscii(value, options.HasFlag(PatternOptions.IgnoreCase))
            : PatternNode.OfSet(set);
    }

    /// <summary>
    /// Takes <c>*</c>, <c>+</c>, <c>?</c> or a count in braces. False, with nothing taken, when a brace does not begin a count: it then
    /// stands for itself.
    /// </summary>
    private bool TryReadCount(out int minimum, out int maximum)
    {
        int start = _at;
        char kind = _pattern[_at];
        _at++;
        minimum = kind == '+' ? 1 : 0;
        maximum = kind == '?' ? 1 : PatternNode.Unbounded;
        if (kind != '{')
        {
            return true;
        }

        ReadOnlySpan<char> low = TakeDigits();
        bool hasComma = TryTake(',');
        ReadOnlySpan<char> high = hasComma ? TakeDigits() : low;
        if (low.IsEmpty || !TryTake('}'))
        {
            _at = start;
            return false;
        }

        minimum = ToCount(low);
        maximum = high.IsEmpty ? PatternNode.Unbounded : ToCount(high);
        if (minimum > MaxRepeat || (!high.IsEmpty && maximum > MaxRepeat))
        {
            Fail("the count of a repeat is above 65535", start);
        }
        else if (maximum < minimum)
        {
            Fail("the counts of a repeat are out of order", start);
        }

        return true;
    }

    private static int ToCount(ReadOnlySpan<char> digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : MaxRepeat + 1;

    private ReadOnlySpan<char> TakeDigits()
    {
        int start = _at;
        while (!IsAtEnd && char.IsAsciiDigit(_pattern[_at]))
        {
            _at++;
        }

        return _pattern.AsSpan(start, _at - start);
    }

    /// <summary>Takes text between <c>\Q</c> and <c>\E</c>, which stands for itself; also a lone <c>\E</c>, which means nothing.</summary>
    private bool TryReadQuoted(List<PatternNode> parts, PatternOptions options)
    {
        if (TryTake("\\E"))
        {
            return true;
        }

        if (!TryTake("\\Q"))
        {
            return false;
        }

        int end = _pattern.IndexOf("\\E", _at, StringComparison.Ordinal);
        int stop = end < 0 ? _pattern.Length : end;
        for (; _at < stop; _at++)
        {
            parts.Add(Byte(_pattern[_at], options));
        }

        _at = end < 0 ? stop : end + 2;
        return true;
    }

    private void SkipBlanks()
    {
        while (!IsAtEnd)
        {
            if (_pattern[_at] is '#')
            {
                int end = _pattern.IndexOf('\n', _at);
                _at = end < 0 ? _pattern.Length : end + 1;
            }
            else if (_pattern[_at] is ' ' or (>= '\t' and <= '\r'))
            {
                _at++;
            }
            else
            {
                return;
            }
        }
    }

    private bool TryTake(char value)
    {
        if (IsAtEnd || _pattern[_at] != value)
        {
            return false;
        }

        _at++;
        return true;
    }

    private bool TryTake(string value)
    {
        if (!_pattern.AsSpan(_at).StartsWith(value, StringComparison.Ordinal))
        {
            return false;
        }

        _at += value.Length;
        return true;
    }

    private void Fail(string problem, int at)
    {
        if (Problem is null)
        {
            Problem = problem;
            ProblemAt = at;
        }
    }
}
