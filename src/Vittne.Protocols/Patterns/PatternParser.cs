using System.Globalization;
using System.Text;

namespace Vittne.Protocols.Patterns;

/// <summary>
/// Reads the syntax of Python's <c>re</c> (3.11) as a tree. It accepts what Python accepts; what an automaton cannot do is noted as
/// unsupported and still read to the end, so that acceptance and support are two answers.
/// </summary>
internal sealed partial class PatternParser
{
    /// <summary>Groups within groups; deeper nesting is refused, since reading it would recurse.</summary>
    private const int MaxDepth = 200;

    /// <summary>Python's bound on a repeat count.</summary>
    private const long MaxRepeat = uint.MaxValue;

    private readonly string _pattern;
    private int _at;
    private int _depth;

    private PatternParser(string pattern) => _pattern = pattern;

    /// <summary>Why the text is no pattern; null when it is one.</summary>
    public string? Malformed { get; private set; }

    /// <summary>What in the pattern cannot be searched for; null when all can.</summary>
    public string? Unsupported { get; private set; }

    /// <summary>The tree; without meaning when <see cref="Malformed"/> or <see cref="Unsupported"/> is set.</summary>
    public PatternNode Root { get; private set; } = PatternNode.Empty;

    private bool IsAtEnd => _at >= _pattern.Length;

    public static PatternParser Parse(string pattern, bool ignoreCase)
    {
        PatternParser parser = new(pattern);
        PatternOptions options = ignoreCase ? PatternOptions.IgnoreCase : PatternOptions.None;
        parser.Root = parser.ReadAlternation(ref options, isTop: true);
        if (parser.Malformed is null && !parser.IsAtEnd)
        {
            parser.Fail("unbalanced parenthesis");
        }

        parser.CheckConditions();
        return parser;
    }

    /// <summary>A tree that matches the text as it stands, half surrogate pairs as U+FFFD.</summary>
    public static PatternNode Literal(string text, bool ignoreCase)
    {
        List<PatternNode> parts = new(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            parts.Add(Character(rune, ignoreCase ? PatternOptions.IgnoreCase : PatternOptions.None));
        }

        return PatternNode.OfSequence(parts);
    }

    private PatternNode ReadAlternation(ref PatternOptions options, bool isTop)
    {
        List<PatternNode> branches = [];
        do
        {
            branches.Add(ReadSequence(ref options, isTop && branches.Count == 0));
        }
        while (Malformed is null && TryTake('|'));
        return PatternNode.OfAlternation(branches);
    }

    private PatternNode ReadSequence(ref PatternOptions options, bool mayBeginWithOptions)
    {
        List<PatternNode> parts = [];
        bool isRepeatable = false;
        bool isRepeat = false;
        while (Malformed is null && !IsAtEnd && _pattern[_at] is not ('|' or ')'))
        {
            int start = _at;
            char next = _pattern[_at];
            if (next is '*' or '+' or '?' or '{' && TryReadCount(out int minimum, out int maximum))
            {
                if (Malformed is null && isRepeat)
                {
                    Fail("multiple repeat", start);
                }
                else if (Malformed is null && !isRepeatable)
                {
                    Fail("nothing to repeat", start);
                }
                else if (Malformed is null)
                {
                    parts[^1] = ReadRepeat(parts[^1], minimum, maximum, start);
                    isRepeat = true;
                }

                continue;
            }

            if (next == '(' && TrySkipComment())
            {
                continue;
            }

            if (next == '(' && TryReadLeadingOptions(ref options, mayBeginWithOptions && parts.Count == 0))
            {
                continue;
            }

            // An assertion cannot be repeated, but a group around one can.
            PatternNode part = ReadAtom(options);
            isRepeatable = next == '(' || part.Kind != PatternNodeKind.Assertion;
            isRepeat = false;
            parts.Add(part);
        }

        return PatternNode.OfSequence(parts);
    }

    private PatternNode ReadRepeat(PatternNode part, int minimum, int maximum, int start)
    {
        bool isLazy = TryTake('?');
        if (!isLazy && TryTake('+'))
        {
            Refuse("possessive repeat", start);
        }

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

        int start = _at;
        _at++;
        switch (next)
        {
            case '.':
                ByteSet newline = default(ByteSet).With('\n');
                return PatternNode.OfSet(options.HasFlag(PatternOptions.DotAll) ? ByteSet.All : newline.Negate());
            case '^':
                return PatternNode.OfAssertion(
                    options.HasFlag(PatternOptions.MultiLine) ? PatternAssertion.LineStart : PatternAssertion.TextStart);
            case '$':
                return PatternNode.OfAssertion(
                    options.HasFlag(PatternOptions.MultiLine) ? PatternAssertion.LineEnd : PatternAssertion.TextEndOrFinalNewline);
        }

        if (Rune.TryGetRuneAt(_pattern, start, out Rune rune))
        {
            _at = start + rune.Utf16SequenceLength;
            return Character(rune, options);
        }

        Refuse("half a surrogate pair", start);
        return PatternNode.Opaque(1, 1);
    }

    /// <summary>A character that stands for itself, as UTF-8.</summary>
    private static PatternNode Character(Rune rune, PatternOptions options)
    {
        if (rune.IsAscii)
        {
            return PatternNode.OfAscii(rune.Value, options.HasFlag(PatternOptions.IgnoreCase));
        }

        Span<byte> bytes = stackalloc byte[4];
        return PatternNode.OfBytes(bytes[..rune.EncodeToUtf8(bytes)]);
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
        if ((low.IsEmpty && !hasComma) || !TryTake('}'))
        {
            _at = start;
            return false;
        }

        long least = low.IsEmpty ? 0 : ToCount(low);
        long most = high.IsEmpty ? MaxRepeat : ToCount(high);
        if ((!low.IsEmpty && least >= MaxRepeat) || (!high.IsEmpty && most >= MaxRepeat))
        {
            Fail("the repetition number is too large", start);
        }
        else if (most < least)
        {
            Fail("min repeat greater than max repeat", start);
        }

        minimum = (int)Math.Min(least, PatternNode.Unbounded);
        maximum = (int)Math.Min(most, PatternNode.Unbounded);
        return true;
    }

    private static long ToCount(ReadOnlySpan<char> digits) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long count) ? count : MaxRepeat;

    private ReadOnlySpan<char> TakeDigits()
    {
        int start = _at;
        while (!IsAtEnd && char.IsAsciiDigit(_pattern[_at]))
        {
            _at++;
        }

        return _pattern.AsSpan(start, _at - start);
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

    private void Fail(string reason, int position = -1) =>
        Malformed ??= string.Create(CultureInfo.InvariantCulture, $"{reason} at {(position < 0 ? _at : position)}");

    private void Refuse(string what, int position) =>
        Unsupported ??= string.Create(CultureInfo.InvariantCulture, $"{what} at {position} is not supported");
}
