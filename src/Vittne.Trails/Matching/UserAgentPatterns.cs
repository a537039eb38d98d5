using Vittne.Protocols.Patterns;

namespace Vittne.Trails.Matching;

/// <summary>The rules of lists of suspicious User-Agents: which lines are patterns and which are meant literally.</summary>
public static class UserAgentPatterns
{
    /// <summary>Lines with this are copies of whole User-Agents, whose parentheses and dots stand for themselves.</summary>
    private const string LiteralMark = " (compatible";

    /// <summary>The indicator on a line of a list; false when the line is blank or a comment.</summary>
    public static bool TryReadLine(ReadOnlySpan<char> line, out string indicator)
    {
        ReadOnlySpan<char> trimmed = line.Trim();
        bool isIndicator = !trimmed.IsEmpty && trimmed[0] != '#';
        indicator = isIndicator ? trimmed.ToString() : string.Empty;
        return isIndicator;
    }

    /// <summary>
    /// Compiles indicators of a list, without regard to case. What does not compile as a pattern, or cannot be searched for as one, is
    /// taken literally; so is every line with <c> (compatible</c>. The number of a match is the position in the list.
    /// </summary>
    /// <param name="indicators">Lines as <see cref="TryReadLine"/> gives them.</param>
    /// <param name="errors">Only those that do not fit: there are no others.</param>
    public static PatternSet Compile(IReadOnlyList<string> indicators, out IReadOnlyList<PatternError> errors) =>
        PatternSet.CompileOrTakeLiterally(
            indicators, ignoreCase: true, static indicator => indicator.Contains(LiteralMark, StringComparison.Ordinal), out errors);
}
