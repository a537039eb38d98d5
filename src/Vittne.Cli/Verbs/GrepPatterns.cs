using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using Vittne.Cli.Rendering;
using Vittne.Protocols.Patterns;

namespace Vittne.Cli.Verbs;

/// <summary>The pattern of <c>vittne grep</c>, read as ngrep reads it.</summary>
internal static class GrepPatterns
{
    /// <summary>Bytes of a file of patterns.</summary>
    private const long MaxFileLength = 64L << 20;

    /// <summary>Reads the patterns: the text, or the lines of files.</summary>
    /// <returns>What is wrong, as a line without a name in front; null when nothing is.</returns>
    public static string? Read(GrepArguments o, ParseResult parsed, string text, IReadOnlyList<string> files, out BytePatternList? patterns)
    {
        patterns = null;
        List<BytePattern> list = [];
        if (files.Count == 0)
        {
            if (ReadOne(o, parsed, text, list) is { } problem)
            {
                return problem;
            }
        }

        foreach (string file in files)
        {
            if (new FileInfo(file) is not { Exists: true, Length: <= MaxFileLength })
            {
                return $"--patterns {TerminalText.Escape(file)} is no file of at most {MaxFileLength >> 20} MiB";
            }

            int number = 0;
            foreach (string line in File.ReadLines(file))
            {
                number++;
                if (line.Length > 0 && ReadOne(o, parsed, line, list) is { } problem)
                {
                    return $"{TerminalText.Escape(file)} line {number}: {problem}";
                }
            }
        }

        patterns = list.Count == 0 ? null : new BytePatternList(list);
        return patterns is null ? "the file of patterns is empty" : null;
    }

    private static string? ReadOne(GrepArguments o, ParseResult parsed, string text, List<BytePattern> patterns)
    {
        bool ignoresCase = parsed.GetValue(o.IgnoreCase);
        bool isWord = parsed.GetValue(o.Word);
        if (parsed.GetValue(o.Hex))
        {
            if (ignoresCase || isWord || parsed.GetValue(o.Wide))
            {
                return "-X is bytes as they are; it does not go with -i, -w and --wide";
            }

            if (!TryReadHex(text, out byte[]? bytes))
            {
                return $"-X '{TerminalText.Escape(text)}' is no even number of hexadecimal digits";
            }

            patterns.Add(BytePattern.OfLiteral(bytes));
            return null;
        }

        // As ngrep puts it, without parentheses: in -w 'a|b' the bar stands outside of the words.
        string whole = isWord && text.Length > 0 ? $"((^{text}\\W)|(\\W{text}$)|(\\W{text}\\W))" : text;
        var options = new BytePatternOptions
        {
            IgnoreCase = ignoresCase,
            DotAll = !parsed.GetValue(o.SingleLine),
            Ungreedy = true,
            IsWideToo = parsed.GetValue(o.Wide),
        };
        if (!BytePattern.TryParse(text, options, out BytePattern? pattern, out BytePatternError? error)
            || (whole != text && !BytePattern.TryParse(whole, options, out pattern, out error)))
        {
            return $"column {error.Column}: {error.Message}: {TerminalText.Escape(text)}";
        }

        patterns.Add(pattern);
        return null;
    }

    private static bool TryReadHex(string text, [NotNullWhen(true)] out byte[]? bytes)
    {
        ReadOnlySpan<char> digits = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text.AsSpan(2) : text;
        bytes = new byte[digits.Length / 2];
        return digits.Length is > 0 and <= 65_536 && digits.Length % 2 == 0
            && Convert.FromHexString(digits, bytes, out _, out _) == System.Buffers.OperationStatus.Done;
    }
}
