using System.Diagnostics.CodeAnalysis;
using Vittne.Flows.Query.Conditions;
using Vittne.Flows.Records;

namespace Vittne.Flows.Query;

/// <summary>A condition on flow records: what <c>--where</c> takes.</summary>
public sealed class FlowQuery
{
    private readonly FlowCondition _condition;

    private FlowQuery(FlowCondition condition) => _condition = condition;

    /// <summary>Reads a condition.</summary>
    /// <param name="text">The condition.</param>
    /// <param name="lists">Gives the lines of the file that <c>in @file</c> names; throws <see cref="IOException"/> when it cannot.</param>
    /// <param name="query">The condition; null when it is wrong.</param>
    /// <param name="error">What is wrong and where; null when nothing is.</param>
    /// <param name="warnings">What is right, but may be meant otherwise.</param>
    public static bool TryParse(
        string text, Func<string, IEnumerable<string>> lists, [NotNullWhen(true)] out FlowQuery? query, out FlowQueryError? error, out IReadOnlyList<string> warnings)
    {
        query = null;
        warnings = [];
        if (FlowQueryLexer.Cut(text, out error) is not { } tokens)
        {
            return false;
        }

        var parser = new FlowQueryParser(tokens, lists);
        FlowCondition? condition = parser.Read();
        error = parser.Error;
        warnings = parser.Warnings;
        query = condition is null ? null : new FlowQuery(condition);
        return query is not null;
    }

    /// <summary>Whether a record meets the condition.</summary>
    public bool Matches(FlowRecord record) => _condition.Holds(record);
}
