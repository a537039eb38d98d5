using Vittne.Flows.Query.Conditions;
using Vittne.Flows.Records;

namespace Vittne.Flows.Query;

/// <summary>Reads a condition: <c>or</c> binds less than <c>and</c>, that less than <c>not</c>.</summary>
internal sealed partial class FlowQueryParser(List<FlowQueryToken> tokens, Func<string, IEnumerable<string>> lists)
{
    // Brackets and 'not' beyond this come from no person; the stack is finite.
    private const int MaxDepth = 200;

    private readonly List<string> _warnings = [];
    private int _next;
    private int _depth;

    /// <summary>What is wrong; null when nothing is.</summary>
    public FlowQueryError? Error { get; private set; }

    /// <summary>What is right, but may be meant otherwise.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    private FlowQueryToken Current => tokens[_next];

    private FlowQueryToken Following => tokens[Math.Min(_next + 1, tokens.Count - 1)];

    /// <summary>The whole condition; null with <see cref="Error"/> when it is wrong.</summary>
    public FlowCondition? Read()
    {
        if (Current.Kind == FlowQueryTokenKind.End)
        {
            return Fail(Current, "the condition is empty");
        }

        FlowCondition? condition = ReadOr();
        return condition is null || Current.Kind == FlowQueryTokenKind.End
            ? condition
            : Current.Kind == FlowQueryTokenKind.Close
                ? Fail(Current, "this ) closes nothing")
                : Fail(Current, $"'and' or 'or' is missing before '{Shown(Current)}'");
    }

    private FlowCondition? ReadOr()
    {
        FlowCondition? condition = ReadAnd(out bool hasAnd);
        bool hasOr = false;
        while (condition is not null && Current.Is("or"))
        {
            _next++;
            hasOr = true;
            FlowCondition? other = ReadAnd(out bool otherHasAnd);
            hasAnd |= otherHasAnd;
            condition = other is null ? null : new Either(condition, other);
        }

        if (hasAnd && hasOr && _warnings.Count == 0)
        {
            _warnings.Add("the condition mixes 'and' and 'or' without parentheses: 'and' binds first; ra takes them from left to right");
        }

        return condition;
    }

    private FlowCondition? ReadAnd(out bool hasAnd)
    {
        hasAnd = false;
        FlowCondition? condition = ReadNot();
        while (condition is not null && Current.Is("and"))
        {
            _next++;
            hasAnd = true;
            FlowCondition? other = ReadNot();
            condition = other is null ? null : new Both(condition, other);
        }

        return condition;
    }

    private FlowCondition? ReadNot()
    {
        if (++_depth > MaxDepth)
        {
            return Fail(Current, "the condition is nested too deeply");
        }

        FlowCondition? condition;
        if (Current.Is("not"))
        {
            _next++;
            condition = ReadNot() is { } negated ? new Not(negated) : null;
        }
        else
        {
            condition = Current.Kind == FlowQueryTokenKind.Open ? ReadBrackets() : ReadPrimary();
        }

        _depth--;
        return condition;
    }

    private FlowCondition? ReadBrackets()
    {
        FlowQueryToken open = Current;
        _next++;
        FlowCondition? condition = ReadOr();
        if (condition is not null && Current.Kind != FlowQueryTokenKind.Close)
        {
            return Fail(open, "this ( is not closed");
        }

        _next += condition is null ? 0 : 1;
        return condition;
    }

    private FlowCondition? ReadPrimary()
    {
        FlowQueryToken word = Current;
        if (word.Kind != FlowQueryTokenKind.Word)
        {
            return Fail(word, word.Kind == FlowQueryTokenKind.End ? "the condition ends where a field or a word is expected" : $"a field or a word is expected, not '{Shown(word)}'");
        }

        if (FlowFields.TryFind(word.Text, out FlowField? field) && TryComparison(Following, out FlowComparison comparison))
        {
            _next += 2;
            return ReadOperand(field, comparison);
        }

        if (TryWord(out FlowCondition? condition))
        {
            return condition;
        }

        if (field is not null)
        {
            _next++;
            return Current.IsValue && !IsConnective(Current) ? ReadOperand(field, FlowComparison.Equal) : new Fact(record => field.Get(record).IsKnown);
        }

        return Fail(word, FlowColumns.Unknown(word.Text));
    }

    private static bool IsConnective(in FlowQueryToken token) => token.Is("and") || token.Is("or") || token.Is("not");

    private static bool TryComparison(in FlowQueryToken token, out FlowComparison comparison)
    {
        bool isWord = token.Kind == FlowQueryTokenKind.Word;
        FlowComparison? found = token.Kind == FlowQueryTokenKind.Operator || isWord
            ? token.Text.ToLowerInvariant() switch
            {
                "=" or "eq" => FlowComparison.Equal,
                "!=" or "ne" or "neq" => FlowComparison.NotEqual,
                "<" or "lt" => FlowComparison.Less,
                "<=" or "lte" or "le" => FlowComparison.AtMost,
                ">" or "gt" => FlowComparison.Greater,
                ">=" or "gte" or "ge" => FlowComparison.AtLeast,
                "~" => FlowComparison.Matching,
                "!~" => FlowComparison.NotMatching,
                "in" => FlowComparison.In,
                _ => null,
            }
            : null;
        comparison = found ?? default;
        return found is not null;
    }

    private FlowCondition? Fail(in FlowQueryToken token, string problem)
    {
        Error ??= new FlowQueryError(token.Column, problem);
        return null;
    }

    private static string Shown(in FlowQueryToken token) => token.Text.Length > 40 ? token.Text[..40] : token.Text;
}
