using System.Buffers;
using System.Text;

namespace Vittne.Flows.Query;

/// <summary>Cuts a condition into its parts.</summary>
internal static class FlowQueryLexer
{
    private const string Signs = "=!<>~";
    private static readonly SearchValues<char> Breaks = SearchValues.Create(" \t\r\n(),=!<>~\"'&|");

    /// <summary>The parts, the last of which is the end; null with the error.</summary>
    public static List<FlowQueryToken>? Cut(string text, out FlowQueryError? error)
    {
        var tokens = new List<FlowQueryToken>();
        error = null;
        int at = 0;
        while (at < text.Length)
        {
            char c = text[at];
            if (char.IsWhiteSpace(c))
            {
                at++;
                continue;
            }

            FlowQueryToken? token = c switch
            {
                '(' => new FlowQueryToken(FlowQueryTokenKind.Open, "(", at + 1),
                ')' => new FlowQueryToken(FlowQueryTokenKind.Close, ")", at + 1),
                ',' => new FlowQueryToken(FlowQueryTokenKind.Comma, ",", at + 1),
                '"' or '\'' => null,
                '&' or '|' => new FlowQueryToken(FlowQueryTokenKind.Connective, c == '&' ? "and" : "or", at + 1),
                _ when Signs.Contains(c, StringComparison.Ordinal) => Sign(text, at),
                _ => new FlowQueryToken(FlowQueryTokenKind.Word, Word(text, at), at + 1),
            };

            if (token is { } found)
            {
                tokens.Add(found);
                at += Length(found, text, at);
            }
            else if (!TryQuoted(text, ref at, tokens))
            {
                error = new FlowQueryError(at + 1, $"the text that begins here has no closing {c}");
                return null;
            }
        }

        tokens.Add(new FlowQueryToken(FlowQueryTokenKind.End, "", text.Length + 1));
        return tokens;
    }

    private static int Length(in FlowQueryToken token, string text, int at) => token switch
    {
        { Kind: FlowQueryTokenKind.Connective, Text: "not" } => 1,
        { Kind: FlowQueryTokenKind.Connective } => at + 1 < text.Length && text[at + 1] == text[at] ? 2 : 1,
        { Kind: FlowQueryTokenKind.Operator, Text: "=" } => at + 1 < text.Length && text[at + 1] == '=' ? 2 : 1,
        _ => token.Text.Length,
    };

    private static FlowQueryToken Sign(string text, int at)
    {
        char next = at + 1 < text.Length ? text[at + 1] : '\0';
        string sign = (text[at], next) switch
        {
            ('!', '=') => "!=",
            ('!', '~') => "!~",
            ('<', '=') => "<=",
            ('>', '=') => ">=",
            ('!', _) => "not",
            _ => text[at].ToString(),
        };
        return new FlowQueryToken(sign == "not" ? FlowQueryTokenKind.Connective : FlowQueryTokenKind.Operator, sign, at + 1);
    }

    private static string Word(string text, int at)
    {
        int length = text.AsSpan(at).IndexOfAny(Breaks);
        return length < 0 ? text[at..] : text.Substring(at, Math.Max(length, 1));
    }

    private static bool TryQuoted(string text, ref int at, List<FlowQueryToken> tokens)
    {
        char quote = text[at];
        var value = new StringBuilder();
        for (int i = at + 1; i < text.Length; i++)
        {
            if (text[i] == quote)
            {
                tokens.Add(new FlowQueryToken(FlowQueryTokenKind.Quoted, value.ToString(), at + 1));
                at = i + 1;
                return true;
            }

            // Only the quotation mark itself can be escaped, so that patterns keep their backslashes.
            bool isEscape = text[i] == '\\' && i + 1 < text.Length && text[i + 1] == quote;
            i += isEscape ? 1 : 0;
            value.Append(text[i]);
        }

        return false;
    }
}
