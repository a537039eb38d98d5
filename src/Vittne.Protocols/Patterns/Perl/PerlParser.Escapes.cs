using System.Globalization;

namespace Vittne.Protocols.Patterns.Perl;

/// <content>Escapes outside and inside of classes.</content>
internal sealed partial class PerlParser
{
    private static readonly ByteSet NotNewline = default(ByteSet).With('\n').Negate();

    private static readonly ByteSet HorizontalSpace = default(ByteSet).With('\t').With(' ').With(0xA0);

    private static readonly ByteSet VerticalSpace = default(ByteSet).WithRange('\n', '\r').With(0x85);

    private PatternNode ReadEscape(PatternOptions options)
    {
        int start = _at;
        if (_at + 1 >= _pattern.Length)
        {
            Fail("a backslash at the end", start);
            return PatternNode.Empty;
        }

        char name = _pattern[_at + 1];
        if (TryCategory(name, out ByteSet category))
        {
            _at += 2;
            return PatternNode.OfSet(category);
        }

        PatternAssertion? assertion = name switch
        {
            'A' or 'G' => PatternAssertion.TextStart,
            'Z' => PatternAssertion.TextEndOrFinalNewline,
            'z' => PatternAssertion.TextEnd,
            'b' => PatternAssertion.WordBoundary,
            'B' => PatternAssertion.PerlNotWordBoundary,
            _ => null,
        };
        if (assertion is { } known)
        {
            _at += 2;
            return PatternNode.OfAssertion(known);
        }

        switch (name)
        {
            case 'N':
                _at += 2;
                return PatternNode.OfSet(NotNewline);
            case 'C':
                _at += 2;
                return PatternNode.OfSet(ByteSet.All);
            case 'R':
                _at += 2;
                return PatternNode.OfAtomic(PatternNode.OfAlternation(
                    [PatternNode.OfSequence([PatternNode.OfAscii('\r', false), PatternNode.OfAscii('\n', false)]), PatternNode.OfSet(VerticalSpace)]));
            case 'g' or 'k':
                return ReadNamedReference(name, options);
            case >= '1' and <= '9' when TryReadNumberedReference(options, out PatternNode reference):
                return reference;
        }

        int value = ReadByteEscape(inClass: false);
        return value < 0 ? PatternNode.Empty : Byte(value, options);
    }

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
            'h' => HorizontalSpace,
            'H' => HorizontalSpace.Negate(),
            'v' => VerticalSpace,
            'V' => VerticalSpace.Negate(),
            _ => default,
        };
        return set != default;
    }

    /// <summary>Takes an escape that stands for one byte; -1 when there is none of that name.</summary>
    private int ReadByteEscape(bool inClass)
    {
        int start = _at;
        if (_at + 1 >= _pattern.Length)
        {
            Fail("a backslash at the end", start);
            return -1;
        }

        char name = _pattern[_at + 1];
        _at += 2;
        switch (name)
        {
            case 'x':
                return ReadHex(start);
            case 'o':
                return ReadBraced(start, radix: 8);
            case 'c':
                return ReadControl(start);
            case >= '0' and <= '7':
                _at--;
                return ReadOctal(start);
            case 'b' when inClass:
                return '\b';
        }

        int control = name switch
        {
            'a' => '\a',
            'e' => '\e',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ => -1,
        };
        if (control >= 0)
        {
            return control;
        }

        if (char.IsAsciiLetterOrDigit(name))
        {
            Fail(name is 'p' or 'P' or 'X' or 'K' or 'L' or 'l' or 'U' or 'u' ? $"\\{name} is not supported" : $"\\{name} is no escape", start);
            return -1;
        }

        return name;
    }

    /// <summary>Up to two hexadecimal digits, none meaning zero, or any number of them in braces.</summary>
    private int ReadHex(int start)
    {
        if (!IsAtEnd && _pattern[_at] == '{')
        {
            return ReadBraced(start, radix: 16);
        }

        int value = 0;
        for (int i = 0; i < 2 && !IsAtEnd && char.IsAsciiHexDigit(_pattern[_at]); i++)
        {
            value = (value * 16) + Convert.ToInt32(_pattern.Substring(_at, 1), 16);
            _at++;
        }

        return value;
    }

    private int ReadBraced(int start, int radix)
    {
        int end = TryTake('{') ? _pattern.IndexOf('}', _at) : -1;
        string digits = end < 0 ? "" : _pattern[_at..end].Trim(' ');
        int value = 0;
        bool isNumber = digits.Length is > 0 and < 12;
        foreach (char digit in digits)
        {
            int number = char.IsAsciiHexDigit(digit) ? Convert.ToInt32(digit.ToString(CultureInfo.InvariantCulture), 16) : radix;
            isNumber &= number < radix;
            value = Math.Min((value * radix) + number, 0x1000);
        }

        if (!isNumber || value > 0xFF)
        {
            Fail(isNumber ? "the escape is above one byte" : "digits in braces are missing", start);
            return -1;
        }

        _at = end + 1;
        return value;
    }

    private int ReadControl(int start)
    {
        if (IsAtEnd || _pattern[_at] is < ' ' or > '~')
        {
            Fail("\\c needs a printable character behind it", start);
            return -1;
        }

        return char.ToUpperInvariant(_pattern[_at++]) ^ 0x40;
    }

    private int ReadOctal(int start)
    {
        int value = 0;
        int end = Math.Min(_at + 3, _pattern.Length);
        while (_at < end && _pattern[_at] is >= '0' and <= '7')
        {
            value = (value * 8) + _pattern[_at] - '0';
            _at++;
        }

        if (value > 0xFF)
        {
            Fail("the escape is above one byte", start);
            return -1;
        }

        return value;
    }
}
