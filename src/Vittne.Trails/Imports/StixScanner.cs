using System.Text;

namespace Vittne.Trails.Imports;

/// <summary>Takes the words, marks, paths and values of a STIX pattern one after the other.</summary>
/// <param name="text">The pattern.</param>
internal sealed class StixScanner(string text)
{
    private int _at;

    /// <summary><c>type:property.property['key'][*]</c>, told without quotes and in lower case.</summary>
    public bool TryPath(out string path)
    {
        SkipBlanks();
        var taken = new StringBuilder();
        bool isOpen = false;
        while (_at < text.Length)
        {
            char value = text[_at];
            if (value == '\'')
            {
                if (!TryQuoted(out string part))
                {
                    break;
                }

                taken.Append(part);
            }
            else if (char.IsAsciiLetterOrDigit(value) || value is '-' or '_' or ':' or '.' or '*' or '[')
            {
                isOpen |= value == '[';
                taken.Append(value);
                _at++;
            }
            else if (value == ']' && isOpen)
            {
                isOpen = false;
                taken.Append(value);
                _at++;
            }
            else
            {
                break;
            }
        }

        path = taken.ToString().ToLowerInvariant();
        return path.IndexOf(':', StringComparison.Ordinal) > 0;
    }

    /// <summary>A quoted text, a number, a truth value, or one of these with a type letter in front: <c>t'…'</c>, <c>h'…'</c>.</summary>
    public bool TryValue(out string value)
    {
        SkipBlanks();
        if (_at + 1 < text.Length && text[_at] is 't' or 'h' or 'b' && text[_at + 1] == '\'')
        {
            _at++;
        }

        if (_at < text.Length && text[_at] == '\'')
        {
            return TryQuoted(out value);
        }

        int start = _at;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] is '.' or '-' or '+'))
        {
            _at++;
        }

        value = text[start.._at];
        return value.Length > 0;
    }

    /// <summary>A sign made of <c>= ! &lt; &gt;</c>; empty when there is none.</summary>
    public string Sign()
    {
        SkipBlanks();
        int start = _at;
        while (_at < text.Length && text[_at] is '=' or '!' or '<' or '>')
        {
            _at++;
        }

        return text[start.._at];
    }

    private bool TryQuoted(out string value)
    {
        var taken = new StringBuilder();
        for (_at++; _at < text.Length; _at++)
        {
            if (text[_at] == '\'')
            {
                _at++;
                value = taken.ToString();
                return true;
            }

            if (text[_at] == '\\' && _at + 1 < text.Length)
            {
                _at++;
            }

            taken.Append(text[_at]);
        }

        value = "";
        return false;
    }

    /// <summary>A word, which no letter or digit follows.</summary>
    public bool TryWord(string word)
    {
        SkipBlanks();
        int end = _at + word.Length;
        if (string.CompareOrdinal(text, _at, word, 0, word.Length) != 0 || (end < text.Length && char.IsAsciiLetterOrDigit(text[end])))
        {
            return false;
        }

        _at = end;
        return true;
    }

    /// <summary>A bracket or comma.</summary>
    public bool TryMark(char mark)
    {
        SkipBlanks();
        if (_at >= text.Length || text[_at] != mark)
        {
            return false;
        }

        _at++;
        return true;
    }

    /// <summary>True when only blanks are left.</summary>
    public bool IsAtEnd()
    {
        SkipBlanks();
        return _at == text.Length;
    }

    private void SkipBlanks()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }
    }
}
