using System.Globalization;

namespace Vittne.Protocols.Patterns;

/// <content>Groups and references to groups.</content>
internal sealed partial class PatternParser
{
    /// <summary>Groups by number - 1; null while a group is open.</summary>
    private readonly List<PatternNode?> _groups = [];
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly List<(int Group, int Position)> _conditions = [];

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
        PatternNode node = TryTake('?') ? ReadExtension(options, start) : ReadCapture(options, null, start);
        _depth--;
        return node;
    }

    private PatternNode ReadExtension(PatternOptions options, int start)
    {
        if (TryTake(':'))
        {
            return ReadBody(options, start);
        }

        if (TryTake("P<"))
        {
            string? name = ReadName('>');
            if (name is not null && _names.ContainsKey(name))
            {
                Fail("redefinition of group name", start);
            }

            return ReadCapture(options, name, start);
        }

        if (TryTake("P="))
        {
            string? name = ReadName(')');
            if (name is not null && !_names.ContainsKey(name))
            {
                Fail("unknown group name", start);
            }

            return name is null || Malformed is not null ? PatternNode.Empty : Reference(_names[name], start);
        }

        if (TryTake("=") || TryTake("!"))
        {
            Refuse("look-ahead", start);
            ReadBody(options, start);
            return PatternNode.Opaque(0, 0);
        }

        if (TryTake("<=") || TryTake("<!"))
        {
            Refuse("look-behind", start);
            PatternNode body = ReadBody(options, start);
            if (Malformed is null && body.MinWidth != body.MaxWidth)
            {
                Fail("look-behind requires fixed-width pattern", start);
            }

            return PatternNode.Opaque(0, 0);
        }

        if (TryTake('>'))
        {
            Refuse("atomic group", start);
            return ReadBody(options, start);
        }

        return TryTake('(') ? ReadConditional(options, start) : ReadScopedOptions(options, start);
    }

    private PatternNode ReadCapture(PatternOptions options, string? name, int start)
    {
        int number = _groups.Count;
        _groups.Add(null);
        if (name is not null)
        {
            _names[name] = number;
        }

        PatternNode body = ReadBody(options, start);
        _groups[number] = body;
        return body;
    }

    private PatternNode ReadBody(PatternOptions options, int start)
    {
        PatternNode body = ReadAlternation(ref options, isTop: false);
        if (Malformed is null && !TryTake(')'))
        {
            Fail("missing ), unterminated subpattern", start);
        }

        return body;
    }

    private PatternNode ReadConditional(PatternOptions options, int start)
    {
        Refuse("conditional", start);
        string? name = ReadName(')', allowNumber: true);
        if (name is null)
        {
            return PatternNode.Empty;
        }

        if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            _conditions.Add((number, start));
        }
        else if (!_names.ContainsKey(name))
        {
            Fail("unknown group name", start);
        }

        PatternNode yes = ReadSequence(ref options, mayBeginWithOptions: false);
        PatternNode no = TryTake('|') ? ReadSequence(ref options, mayBeginWithOptions: false) : PatternNode.Empty;
        if (Malformed is null && !TryTake(')'))
        {
            Fail("conditional with more than two branches or missing )", start);
        }

        return PatternNode.OfAlternation([yes, no]);
    }

    /// <summary>Conditions may name a group that comes later, so they are judged at the end.</summary>
    private void CheckConditions()
    {
        foreach ((int group, int position) in _conditions)
        {
            if (group < 1 || group > _groups.Count)
            {
                Fail("invalid group reference", position);
            }
        }
    }

    private PatternNode ReadBackReference(int start)
    {
        _at++;
        int number = _pattern[_at] - '0';
        _at++;
        if (!IsAtEnd && char.IsAsciiDigit(_pattern[_at]))
        {
            number = (number * 10) + _pattern[_at] - '0';
            _at++;
        }

        if (number > _groups.Count)
        {
            Fail("invalid group reference", start);
            return PatternNode.Empty;
        }

        return Reference(number - 1, start);
    }

    private PatternNode Reference(int group, int start)
    {
        if (_groups[group] is not PatternNode body)
        {
            Fail("cannot refer to an open group", start);
            return PatternNode.Empty;
        }

        Refuse("back-reference", start);
        return PatternNode.Opaque(body.MinWidth, body.MaxWidth);
    }

    /// <summary>An identifier up to the character given, which is taken too; null after an error.</summary>
    private string? ReadName(char terminator, bool allowNumber = false)
    {
        int end = _pattern.IndexOf(terminator, _at);
        if (end < 0)
        {
            Fail("missing group name or its end");
            return null;
        }

        string name = _pattern[_at..end];
        bool isNumber = allowNumber && name.Length is > 0 and < 10;
        bool isIdentifier = name.Length > 0 && !char.IsDigit(name[0]);
        foreach (char letter in name)
        {
            isNumber &= char.IsAsciiDigit(letter);
            isIdentifier &= char.IsLetterOrDigit(letter) || letter == '_';
        }

        if (!isNumber && !isIdentifier)
        {
            Fail("bad character in group name");
            return null;
        }

        _at = end + 1;
        return name;
    }

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
            Fail("missing ), unterminated comment", start);
        }

        _at = end < 0 ? _pattern.Length : end + 1;
        return true;
    }
}
