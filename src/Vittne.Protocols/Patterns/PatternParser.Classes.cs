using System.Text;

namespace Vittne.Protocols.Patterns;

/// <content>Classes in brackets.</content>
internal sealed partial class PatternParser
{
    private PatternNode ReadClass(PatternOptions options)
    {
        int start = _at;
        _at++;
        bool isNegated = TryTake('^');
        ByteSet set = default;
        for (int first = _at; Malformed is null;)
        {
            if (IsAtEnd)
            {
                Fail("unterminated character set", start);
                break;
            }

            // A bracket that comes first stands for itself.
            if (_pattern[_at] == ']' && _at != first)
            {
                _at++;
                break;
            }

            set = ReadClassItem(set);
        }

        // Python folds what is written and then negates, so [^a] without case refuses both.
        ByteSet folded = options.HasFlag(PatternOptions.IgnoreCase) ? set.FoldCase() : set;
        return PatternNode.OfSet(isNegated ? folded.Negate() : folded);
    }

    /// <summary>Takes one character, category or range and gives the set with it.</summary>
    private ByteSet ReadClassItem(ByteSet set)
    {
        int start = _at;
        int low = ReadClassMember(out ByteSet lowCategory);
        bool isRange = _at + 1 < _pattern.Length && _pattern[_at] == '-' && _pattern[_at + 1] != ']';
        if (!isRange)
        {
            // A hyphen at the end of an unterminated class: the loop that called tells that.
            return low < 0 ? set.Union(lowCategory) : WithMember(set, low, low, start);
        }

        _at++;
        int high = ReadClassMember(out ByteSet highCategory);
        if (Malformed is null && (lowCategory != default || highCategory != default))
        {
            Fail("bad character range", start);
        }
        else if (low >= 0 && high >= 0 && high < low)
        {
            Fail("bad character range", start);
        }

        return Malformed is null && low >= 0 && high >= 0 ? WithMember(set, low, high, start) : set;
    }

    private ByteSet WithMember(ByteSet set, int low, int high, int start)
    {
        if (high > 0xFF)
        {
            Refuse("character beyond one byte in a class", start);
            return set;
        }

        return set.WithRange(low, high);
    }

    /// <summary>The code of one character of a class; -1 for a category, which is then not empty, and for errors.</summary>
    private int ReadClassMember(out ByteSet category)
    {
        category = default;
        char next = _pattern[_at];
        if (next == '\\')
        {
            if (_at + 1 < _pattern.Length && TryCategory(_pattern[_at + 1], out category))
            {
                _at += 2;
                return -1;
            }

            return ReadCharacterEscape();
        }

        if (!Rune.TryGetRuneAt(_pattern, _at, out Rune rune))
        {
            Refuse("half a surrogate pair", _at);
            _at++;
            return -1;
        }

        // Written out, a character beyond ASCII is two bytes or more; only an escape can name a byte above 0x7F.
        if (!rune.IsAscii)
        {
            Refuse("character beyond one byte in a class", _at);
        }

        _at += rune.Utf16SequenceLength;
        return rune.Value;
    }
}
