using System.Globalization;

namespace Vittne.Protocols.Patterns.Perl;

/// <content>Groups and references to groups.</content>
internal sealed partial class PerlParser
{
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly List<(int Group, int At)> _references = [];
    private int _captures;

    private PatternNode ReadGroup(PatternOptions options)
    {
        int start = _at;
        if (_depth >= MaxDepth)
        {
            Fail("groups nested too deeply", start);
            return PatternNode.Empty;
        }

        _depth++;
        _at++;
        if (!IsAtEnd && _pattern[_at] == '*')
        {
            Fail("verbs are not supported", start);
        }

        PatternNode node = TryTake('?') ? ReadExtension(options, start)
            : options.HasFlag(PatternOptions.NoAutoCapture) ? ReadBody(options, start)
            : ReadCapture(options, start);
        _depth--;
        return node;
    }

    private PatternNode ReadExtension(PatternOptions options, int start)
    {
        if (TryTake(':'))
        {
            return ReadBody(options, start);
        }

        if (TryTake('>'))
        {
            return PatternNode.OfAtomic(ReadBody(options, start));
        }

        if (TryTake('=') || TryTake('!'))
        {
            bool isNegated = _pattern[_at - 1] == '!';
            return PatternNode.OfLook(ReadBody(options, start), isBehind: false, isNegated);
        }

        if (TryTake("<=") || TryTake("<!"))
        {
            bool isNegated = _pattern[_at - 1] == '!';
            PatternNode body = ReadBody(options, start);
            CheckLookBehind(body, start);
            return PatternNode.OfLook(body, isBehind: true, isNegated);
        }

        if (TryTake("P="))
        {
            return NamedReference(ReadName(')'), options, start);
        }

        if (TryTake("P<") || TryTake('<') || TryTake('\''))
        {
            string? name = ReadName(_pattern[_at - 1] == '\'' ? '\'' : '>');
            if (name is not null && !_names.TryAdd(name, _captures + 1))
            {
                Fail("two groups have this name", start);
            }

            return ReadCapture(options, start);
        }

        if (!IsAtEnd && SwitchLetters.Contains(_pattern[_at], StringComparison.Ordinal) && TryReadSwitchLetters(ref options, ':'))
        {
            return ReadBody(options, start);
        }

        Fail("this kind of group is not supported", start);
        return PatternNode.Empty;
    }

    private PatternNode ReadCapture(PatternOptions options, int start)
    {
        int number = ++_captures;
        return PatternNode.OfCapture(ReadBody(options, start), number);
    }

    private PatternNode ReadBody(PatternOptions options, int start)
    {
        PatternNode body = ReadAlternation(ref options);
        if (Problem is null && !TryTake(')'))
        {
            Fail("a group without its closing parenthesis", start);
        }

        return body;
    }

    private void CheckLookBehind(PatternNode body, int start)
    {
        foreach (PatternNode branch in body.Kind == PatternNodeKind.Alternation ? body.Parts : [body])
        {
            if (branch.MinWidth != branch.MaxWidth)
            {
                Fail("a look-behind whose length is not fixed", start);
            }
        }
    }

    /// <summary>Takes a backslash and a number that is a back-reference: one digit, or as many groups as it says lie before it.</summary>
    private bool TryReadNumberedReference(PatternOptions options, out PatternNode reference)
    {
        int start = _at;
        _at++;
        ReadOnlySpan<char> digits = TakeDigits();
        int group = ToCount(digits);
        if (digits.Length > 1 && group > _captures && digits[0] < '8')
        {
            _at = start;
            reference = PatternNode.Empty;
            return false;
        }

        reference = Reference(group, options, start);
        return true;
    }

    private PatternNode ReadNamedReference(char kind, PatternOptions options)
    {
        int start = _at;
        _at += 2;
        char open = IsAtEnd ? '\0' : _pattern[_at];
        char? close = open switch { '{' => '}', '<' when kind == 'k' => '>', '\'' when kind == 'k' => '\'', _ => null };
        if (close is { } terminator)
        {
            int end = _pattern.IndexOf(terminator, _at);
            string text = end < 0 ? "" : _pattern[(_at + 1)..end].Trim(' ');
            if (kind == 'g' && TryNumber(text, out int group))
            {
                _at = end + 1;
                return Reference(group, options, start);
            }

            _at++;
            return NamedReference(ReadName(terminator), options, start);
        }

        if (kind == 'g')
        {
            int from = _at;
            TryTake('-');
            TakeDigits();
            if (TryNumber(_pattern[from.._at], out int group))
            {
                return Reference(group, options, start);
            }
        }

        Fail($"\\{kind} needs the number or name of a group", start);
        return PatternNode.Empty;
    }

    private bool TryNumber(string text, out int group)
    {
        bool isRelative = text.StartsWith('-');
        bool isNumber = int.TryParse(isRelative ? text[1..] : text, NumberStyles.None, CultureInfo.InvariantCulture, out group);
        group = isRelative ? _captures + 1 - group : group;
        return isNumber;
    }

    private PatternNode NamedReference(string? name, PatternOptions options, int start)
    {
        if (name is null)
        {
            return PatternNode.Empty;
        }

        if (!_names.TryGetValue(name, out int group))
        {
            Fail($"no group before it is called {name}", start);
        }

        return Reference(group, options, start);
    }

    private PatternNode Reference(int group, PatternOptions options, int start)
    {
        _references.Add((group, start));
        return PatternNode.OfBackReference(group, options.HasFlag(PatternOptions.IgnoreCase));
    }

    /// <summary>A reference may name a group that comes later, so they are judged at the end.</summary>
    private void CheckReferences()
    {
        foreach ((int group, int at) in _references)
        {
            if (group < 1 || group > _captures)
            {
                Fail($"there is no group {group}", at);
            }
        }
    }

    /// <summary>A name up to the character given, which is taken too; null after an error.</summary>
    private string? ReadName(char terminator)
    {
        int end = _pattern.IndexOf(terminator, _at);
        string name = end < 0 ? "" : _pattern[_at..end];
        bool isName = name.Length is > 0 and <= 32 && !char.IsAsciiDigit(name[0]);
        foreach (char letter in name)
        {
            isName &= char.IsAsciiLetterOrDigit(letter) || letter == '_';
        }

        if (!isName)
        {
            Fail("the name of a group is missing or has other characters than letters, digits and _", _at);
            return null;
        }

        _at = end + 1;
        return name;
    }
}
