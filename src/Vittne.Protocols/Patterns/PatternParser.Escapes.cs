using System.Globalization;
using System.Text;

namespace Vittne.Protocols.Patterns;

/// <content>Escapes outside and inside of classes.</content>
internal sealed partial class PatternParser
{
    private PatternNode ReadEscape(PatternOptions options)
    {
        int start = _at;
        if (_at + 1 >= _pattern.Length)
        {
            return FailEscape("bad escape (end of pattern)", start);
        }

        char name = _pattern[_at + 1];
        if (TryCategory(name, out ByteSet category))
        {
            _at += 2;
            return PatternNode.OfSet(category);
        }

        PatternAssertion? assertion = name switch
        {
            'A' => PatternAssertion.TextStart,
            'Z' => PatternAssertion.TextEnd,
            'b' => PatternAssertion.WordBoundary,
            'B' => PatternAssertion.NotWordBoundary,
            _ => null,
        };
        if (assertion is PatternAssertion known)
        {
            _at += 2;
            return PatternNode.OfAssertion(known);
        }

        if (name is >= '1' and <= '9' && !IsOctal(_at + 1))
        {
            return ReadBackReference(start);
        }

        int value = ReadCharacterEscape();
        return value < 0 ? PatternNode.Opaque(1, 1) : FromCode(value, options);
    }

    /// <summary>
    /// Takes an escape that stands for one character and gives its code; -1 when it is malformed or unsupported. Values up to 255 are
    /// bytes, greater ones characters.
    /// </summary>
    private int ReadCharacterEscape()
    {
        int start = _at;
        if (_at + 1 >= _pattern.Length)
        {
            FailEscape("bad escape (end of pattern)", start);
            return -1;
        }

        char name = _pattern[_at + 1];
        _at += 2;
        switch (name)
        {
            case 'x':
                return ReadHex(2, start);
            case 'u':
                return ReadHex(4, start);
            case 'U':
                return ReadHex(8, start);
            case 'N':
                return ReadNamedCharacter(start);
            case >= '0' and <= '9':
                _at--;
                return ReadOctal(start);
        }

        int control = name switch
        {
            'a' => '\a',
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\v',
            _ => -1,
        };
        if (control >= 0)
        {
            return control;
        }

        if (char.IsAsciiLetter(name))
        {
            FailEscape("bad escape", start);
            return -1;
        }

        if (!Rune.TryGetRuneAt(_pattern, _at - 1, out Rune rune))
        {
            Refuse("half a surrogate pair", start);
            return -1;
        }

        _at += rune.Utf16SequenceLength - 1;
        return rune.Value;
    }

    /// <summary>A byte value up to 255 by escape, a character above it by its UTF-8 form.</summary>
    private PatternNode FromCode(int value, PatternOptions options)
    {
        if (value is > 0x7F and <= 0xFF)
        {
            return PatternNode.OfSet(default(ByteSet).With(value));
        }

        if (Rune.TryCreate(value, out Rune rune))
        {
            return Character(rune, options);
        }

        Refuse("half a surrogate pair", _at);
        return PatternNode.Opaque(1, 1);
    }

    private int ReadHex(int digits, int start)
    {
        if (_at + digits > _pattern.Length
            || !uint.TryParse(_pattern.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint value)
            || value > 0x10FFFF)
        {
            FailEscape("incomplete or bad escape", start);
            return -1;
        }

        _at += digits;
        return (int)value;
    }

    private int ReadNamedCharacter(int start)
    {
        int end = _pattern.IndexOf('}', _at);
        if (!TryTake('{') || end <= _at)
        {
            FailEscape("missing character name", start);
            return -1;
        }

        _at = end + 1;
        Refuse("character name", start);
        return -1;
    }

    /// <summary>One to three octal digits; a digit that is not octal can only be meant as a back-reference, which is none here.</summary>
    private int ReadOctal(int start)
    {
        int value = 0;
        int end = Math.Min(_at + 3, _pattern.Length);
        int first = _at;
        while (_at < end && _pattern[_at] is >= '0' and <= '7')
        {
            value = (value * 8) + _pattern[_at] - '0';
            _at++;
        }

        if (_at == first || value > 0xFF)
        {
            FailEscape(value > 0xFF ? "octal escape value outside of range 0-0o377" : "bad escape", start);
            return -1;
        }

        return value;
    }

    /// <summary>True when three octal digits stand here, the first of which may be 1 to 3: a character, not a group.</summary>
    private bool IsOctal(int at) =>
        at + 2 < _pattern.Length
        && _pattern[at] is >= '0' and <= '7'
        && _pattern[at + 1] is >= '0' and <= '7'
        && _pattern[at + 2] is >= '0' and <= '7';

    private static bool TryCategory(char name, out ByteSet set)
    {
        set = name switch
        {
            'd' => ByteSet.Digits,
            'D' => ByteSet.Digits.Negate(),
            'w' => ByteSet.Word,
            'W' => ByteSet.Word.Negate(),
            's' => ByteSet.Space,
            'S' => ByteSet.Space.Negate(),
            _ => default,
        };
        return set != default;
    }

    private PatternNode FailEscape(string reason, int start)
    {
        Fail(reason, start);
        return PatternNode.Empty;
    }
}
