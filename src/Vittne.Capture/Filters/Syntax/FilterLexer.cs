using System.Buffers;
using System.Globalization;

namespace Vittne.Capture.Filters.Syntax;

/// <summary>
/// Cuts an expression into tokens. The longest one wins; of equally long ones a word goes before an Ethernet address, a number, an
/// address and a name, in this order. <c>-</c> is a letter inside names: <c>len-1</c> is one.
/// </summary>
internal ref struct FilterLexer(string text)
{
    private static readonly string[] Operators =
        ["<<", ">>", "<=", ">=", "==", "!=", "&&", "||", "+", "-", "*", "/", "%", "&", "|", "^", "(", ")", "[", "]", ":", "!", "<", ">", "="];

    private static readonly SearchValues<char> EndsOfEscape = SearchValues.Create(" !()\n\t");

    private readonly ReadOnlySpan<char> _text = text;
    private int _at;

    /// <summary>All tokens of an expression, <see cref="TokenKind.End"/> last.</summary>
    /// <exception cref="FilterRefusedException">A character or a number that the language does not have.</exception>
    public static FilterToken[] Tokens(string text)
    {
        var tokens = new List<FilterToken>();
        var lexer = new FilterLexer(text);
        do
        {
            tokens.Add(lexer.WithValue(lexer.Next(tokens.Count > 0 ? tokens[^1] : default)));
        }
        while (tokens[^1].Kind != TokenKind.End);
        return [.. tokens];
    }

    private FilterToken Next(FilterToken before)
    {
        while (_at < _text.Length && _text[_at] is ' ' or '\t' or '\r' or '\n')
        {
            _at++;
        }

        int column = _at + 1;
        ReadOnlySpan<char> rest = _text[_at..];
        if (rest.IsEmpty)
        {
            return new FilterToken(TokenKind.End, "", 0, column);
        }

        int name = TokenShapes.Name(rest);
        int number = TokenShapes.Dotted(rest, out int parts);
        int mac = TokenShapes.Mac(rest);
        int address6 = TokenShapes.Address6(rest);
        int longest = Math.Max(Math.Max(name, number), Math.Max(mac, address6));
        if (longest == 0)
        {
            return Other(rest, column, before);
        }

        _at += longest;
        string token = rest[..longest].ToString();
        if (longest == name)
        {
            if (FilterWords.TryFind(token, out string word))
            {
                return new FilterToken(TokenKind.Word, word switch { "and" or "or" => word, "not" => "!", _ => word }, 0, column);
            }

            if (FilterWords.TryFindNumber(token, out uint named))
            {
                return new FilterToken(TokenKind.Number, token, named, column);
            }
        }

        if (longest == number && longest != mac)
        {
            return parts == 1
                ? new FilterToken(TokenKind.Number, token, Number(token, column), column)
                : new FilterToken(TokenKind.Address, token, 0, column);
        }

        TokenKind kind = longest == mac ? TokenKind.Mac : longest == address6 ? TokenKind.Address6 : TokenKind.Name;
        return new FilterToken(kind, token, 0, column);
    }

    private FilterToken WithValue(FilterToken token)
    {
        // With a backslash it is a plain name.
        if (token.Kind != TokenKind.Name || _text[token.Column - 1] == '\\' || !FlowWords.TryFind(token.Text, out _)
            || !FlowWords.TryTakeValue(_text[_at..], out string value, out int start, out int length))
        {
            return token;
        }

        int column = _at + start + 1;
        _at += length;
        return token with { Kind = TokenKind.FlowTerm, Value = value, ValueColumn = column };
    }

    private FilterToken Other(ReadOnlySpan<char> rest, int column, FilterToken before)
    {
        if (rest[0] == '\\')
        {
            int length = rest.IndexOfAny(EndsOfEscape);
            length = length < 0 ? rest.Length : length;
            if (length > 1)
            {
                _at += length;
                return new FilterToken(TokenKind.Name, rest[1..length].ToString(), 0, column);
            }
        }

        if (rest[0] == '$')
        {
            int digits = 0;
            while (digits < 2 && digits + 1 < rest.Length && char.IsAsciiHexDigit(rest[digits + 1]))
            {
                digits++;
            }

            if (digits > 0)
            {
                _at += digits + 1;
                uint value = uint.Parse(rest.Slice(1, digits), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                return new FilterToken(TokenKind.Arcnet, rest[..(digits + 1)].ToString(), value, column);
            }
        }

        foreach (string candidate in Operators)
        {
            if (rest.StartsWith(candidate))
            {
                _at += candidate.Length;
                string main = candidate switch { "&&" => "and", "||" => "or", "==" => "=", _ => candidate };
                return new FilterToken(TokenKind.Word, main, 0, column);
            }
        }

        throw FlowWords.Refusal(before)
            ?? new FilterRefusedException(column, $"the character \"{rest[0]}\" has no meaning", "a word, a number or an operator");
    }

    /// <summary>The value of a decimal, octal or hexadecimal number.</summary>
    internal static uint Number(string token, int column)
    {
        bool isHex = token.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        uint radix = isHex ? 16u : token[0] == '0' ? 8u : 10u;
        ulong value = 0;
        foreach (char c in token.AsSpan(isHex ? 2 : 0))
        {
            uint digit = c <= '9' ? (uint)(c - '0') : (uint)((c | 0x20) - 'a' + 10);
            if (digit >= radix)
            {
                throw new FilterRefusedException(column, $"\"{token}\" begins with 0 and has the digit {c}", "an octal number");
            }

            value = (value * radix) + digit;
            if (value > uint.MaxValue)
            {
                throw new FilterRefusedException(column, $"{token} does not fit", "a number of 32 bits");
            }
        }

        return (uint)value;
    }
}
