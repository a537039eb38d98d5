namespace Vittne.Protocols.Patterns.Perl;

/// <content>Classes in brackets.</content>
internal sealed partial class PerlParser
{
    private PatternNode ReadClass(PatternOptions options)
    {
        int start = _at;
        _at++;
        bool isNegated = TryTake('^');
        ByteSet set = default;
        for (int first = _at; Problem is null;)
        {
            if (IsAtEnd)
            {
                Fail("a class without its closing bracket", start);
                break;
            }

            // A bracket that comes first stands for itself.
            if (_pattern[_at] == ']' && _at != first)
            {
                _at++;
                break;
            }

            if (TryTake("\\E") || TryReadQuotedMembers(ref set))
            {
                continue;
            }

            set = ReadClassItem(set);
        }

        ByteSet folded = options.HasFlag(PatternOptions.IgnoreCase) ? set.FoldCase() : set;
        return PatternNode.OfSet(isNegated ? folded.Negate() : folded);
    }

    private bool TryReadQuotedMembers(ref ByteSet set)
    {
        if (!TryTake("\\Q"))
        {
            return false;
        }

        int end = _pattern.IndexOf("\\E", _at, StringComparison.Ordinal);
        int stop = end < 0 ? _pattern.Length : end;
        for (; _at < stop; _at++)
        {
            set = set.With(_pattern[_at]);
        }

        _at = end < 0 ? stop : end + 2;
        return true;
    }

    /// <summary>Takes one byte, category or range and gives the set with it.</summary>
    private ByteSet ReadClassItem(ByteSet set)
    {
        int start = _at;
        if (_pattern[_at] == '[' && TryReadNamedClass(out ByteSet named))
        {
            return set.Union(named);
        }

        int low = ReadClassMember(out ByteSet category);
        bool isRange = _at + 1 < _pattern.Length && _pattern[_at] == '-' && _pattern[_at + 1] != ']';
        if (low < 0 || !isRange)
        {
            // Behind a category a hyphen stands for itself.
            return low < 0 ? set.Union(category) : set.With(low);
        }

        _at++;
        if (_pattern[_at] == '[' && TryReadNamedClass(out named))
        {
            Fail("a class as the end of a range", start);
            return set;
        }

        int high = ReadClassMember(out category);
        if (high < 0)
        {
            // PCRE2 takes a range that ends in a category as a byte, a hyphen and the category.
            return set.With(low).With('-').Union(category);
        }

        if (high < low)
        {
            Fail("a range out of order", start);
            return set;
        }

        return set.WithRange(low, high);
    }

    /// <summary>One byte of a class; -1 for a category, which is then not empty, and for errors.</summary>
    private int ReadClassMember(out ByteSet category)
    {
        category = default;
        if (_pattern[_at] != '\\')
        {
            return _pattern[_at++];
        }

        if (_at + 1 < _pattern.Length && TryCategory(_pattern[_at + 1], out category))
        {
            _at += 2;
            return -1;
        }

        return ReadByteEscape(inClass: true);
    }

    /// <summary>Takes <c>[:name:]</c> or <c>[:^name:]</c>; false, with nothing taken, when it is something else.</summary>
    private bool TryReadNamedClass(out ByteSet set)
    {
        set = default;
        int start = _at;
        if (_at + 1 >= _pattern.Length || _pattern[_at + 1] is not (':' or '.' or '='))
        {
            return false;
        }

        char mark = _pattern[_at + 1];
        int end = _pattern.IndexOf($"{mark}]", _at + 2, StringComparison.Ordinal);
        if (end < 0 || _pattern.AsSpan(_at + 2, end - _at - 2).ContainsAny("[]\\"))
        {
            return false;
        }

        string name = _pattern[(_at + 2)..end];
        bool isNegated = name.StartsWith('^');
        if (mark != ':' || !TryNamed(isNegated ? name[1..] : name, out set))
        {
            Fail(mark == ':' ? "no class has this name" : "collating elements are not supported", start);
        }

        _at = end + 2;
        set = isNegated ? set.Negate() : set;
        return true;
    }

    private static bool TryNamed(string name, out ByteSet set)
    {
        ByteSet letters = default(ByteSet).WithRange('a', 'z').WithRange('A', 'Z');
        set = name switch
        {
            "alpha" => letters,
            "lower" => default(ByteSet).WithRange('a', 'z'),
            "upper" => default(ByteSet).WithRange('A', 'Z'),
            "alnum" => letters.Union(ByteSet.Digits),
            "ascii" => default(ByteSet).WithRange(0, 0x7F),
            "blank" => default(ByteSet).With(' ').With('\t'),
            "cntrl" => default(ByteSet).WithRange(0, 0x1F).With(0x7F),
            "digit" => ByteSet.Digits,
            "graph" => default(ByteSet).WithRange('!', '~'),
            "print" => default(ByteSet).WithRange(' ', '~'),
            "punct" => default(ByteSet).WithRange('!', '/').WithRange(':', '@').WithRange('[', '`').WithRange('{', '~'),
            "space" => ByteSet.Space,
            "word" => ByteSet.Word,
            "xdigit" => ByteSet.Digits.WithRange('a', 'f').WithRange('A', 'F'),
            _ => default,
        };
        return set != default;
    }
}
