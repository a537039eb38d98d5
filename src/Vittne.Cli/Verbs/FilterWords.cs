using System.CommandLine;
using System.CommandLine.Parsing;
using Vittne.Capture;

namespace Vittne.Cli.Verbs;

/// <summary>
/// The words of <c>vittne filter</c>: captures, and behind them an expression, as tcpdump takes it. The expression begins with the first word
/// that is no file, folder, matching glob or <c>-</c>; what stands behind <c>--</c> is expression, whatever it is.
/// </summary>
/// <param name="Captures">The captures.</param>
/// <param name="Expression">The words of the expression with a blank between them; null without any.</param>
internal sealed record FilterWords(IReadOnlyList<string> Captures, string? Expression)
{
    /// <summary>Tells the words apart.</summary>
    public static FilterWords Of(ParseResult parsed, Argument<string[]> argument)
    {
        string[] words = parsed.GetValue(argument) ?? [];
        int behind = 0;
        bool isBehind = false;
        foreach (Token token in parsed.Tokens)
        {
            behind += isBehind ? 1 : 0;
            isBehind |= token.Type == TokenType.DoubleDash;
        }

        behind = Math.Min(behind, words.Length);
        int begin = 0;
        while (begin < words.Length - behind && IsCapture(words[begin]))
        {
            begin++;
        }

        return new FilterWords(words[..begin], begin < words.Length ? string.Join(' ', words[begin..]) : null);
    }

    private static bool IsCapture(string word) =>
        word == CaptureReader.StandardInput || File.Exists(word) || Directory.Exists(word) || IsGlob(word);

    private static bool IsGlob(string word) =>
        word.AsSpan().ContainsAny('*', '?') && !(CapturePaths.Expand([word]) is [string only] && only == word);
}
