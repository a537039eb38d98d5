namespace Vittne.Capture.Filters;

/// <summary>Why a filter expression was refused.</summary>
/// <param name="Column">Where in the expression, counted from 1.</param>
/// <param name="Message">What is wrong there.</param>
/// <param name="Expected">What could stand there; null when the message says all.</param>
/// <param name="Expression">The expression as it was given.</param>
/// <param name="DependsOnLinkType">Another link type might have the words.</param>
public sealed record FilterError(int Column, string Message, string? Expected, string Expression, bool DependsOnLinkType)
{
    /// <summary>One line for people, without the verb's name: <c>column N: what, what was expected: EXPR</c>.</summary>
    public override string ToString()
    {
        string expression = Expression.ReplaceLineEndings(" ");
        return Expected is null
            ? $"column {Column}: {Message}: {expression}"
            : $"column {Column}: {Message}, {Expected} was expected: {expression}";
    }
}
