using System.Text.RegularExpressions;
using Vittne.Flows.Query.Conditions;
using Vittne.Flows.Records;

namespace Vittne.Flows.Query;

/// <content>What stands behind a field and a sign.</content>
internal sealed partial class FlowQueryParser
{
    private FlowCondition? ReadOperand(FlowField field, FlowComparison comparison)
    {
        if (comparison == FlowComparison.In)
        {
            return ReadSet(field);
        }

        FlowQueryToken token = Current;
        if (!token.IsValue)
        {
            return Fail(token, token.Kind == FlowQueryTokenKind.End ? "a value is missing at the end" : $"a value is expected, not '{Shown(token)}'; put texts with signs between quotation marks");
        }

        _next++;
        if (comparison is FlowComparison.Matching or FlowComparison.NotMatching)
        {
            return ReadPattern(field, comparison, token);
        }

        return TryValue(field, token, out FlowValue value) ? new FieldComparison(field, comparison, value) : null;
    }

    private FlowCondition? ReadPattern(FlowField field, FlowComparison comparison, in FlowQueryToken token)
    {
        try
        {
            // Linear in the text whatever the pattern: texts come from traffic.
            var pattern = new Regex(token.Text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            FlowCondition condition = new FieldPattern(field, pattern);
            return comparison == FlowComparison.Matching ? condition : new Not(condition);
        }
        catch (ArgumentException broken)
        {
            return Fail(token, $"the pattern is wrong: {broken.Message}");
        }
        catch (NotSupportedException)
        {
            return Fail(token, "the pattern needs look-around, back-references or atomic groups, which are not matched in linear time");
        }
    }

    private FlowCondition? ReadSet(FlowField field)
    {
        var values = new List<FlowValue>();
        FlowQueryToken start = Current;
        _next++;
        if (start.Kind == FlowQueryTokenKind.Word && start.Text is ['@', _, ..])
        {
            return ReadFile(field, start, values) ? new FieldMembership(field, values) : null;
        }

        if (start.Kind != FlowQueryTokenKind.Open)
        {
            return Fail(start, "behind 'in' comes (a, b, …) or @file");
        }

        while (Current.IsValue)
        {
            if (!TryValue(field, Current, out FlowValue value))
            {
                return null;
            }

            values.Add(value);
            _next++;
            if (Current.Kind == FlowQueryTokenKind.Comma)
            {
                _next++;
            }
        }

        if (Current.Kind != FlowQueryTokenKind.Close)
        {
            return Fail(Current, Current.Kind == FlowQueryTokenKind.End ? "the list is not closed with )" : $"a value, a comma or ) is expected, not '{Shown(Current)}'");
        }

        _next++;
        return values.Count > 0 ? new FieldMembership(field, values) : Fail(start, "the list is empty");
    }

    private bool ReadFile(FlowField field, in FlowQueryToken token, List<FlowValue> values)
    {
        try
        {
            int number = 0;
            foreach (string line in lists(token.Text[1..]))
            {
                number++;
                string text = line.Trim();
                if (text.Length == 0 || text[0] == '#')
                {
                    continue;
                }

                if (!TryRead(field, text, out FlowValue value, out string expected))
                {
                    Fail(token, $"line {number} of {token.Text[1..]} is no value of {field.Name}, which is {expected}");
                    return false;
                }

                values.Add(value);
            }
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            Fail(token, $"{token.Text[1..]} cannot be read: {broken.Message}");
            return false;
        }

        return true;
    }

    private bool TryValue(FlowField field, in FlowQueryToken token, out FlowValue value)
    {
        if (token is { Kind: FlowQueryTokenKind.Quoted, Text.Length: 0 })
        {
            value = FlowValue.Absent;
            return true;
        }

        if (TryRead(field, token.Text, out value, out string expected))
        {
            return true;
        }

        Fail(token, $"'{Shown(token)}' is no value of {field.Name}, which is {expected}");
        return false;
    }

    private static bool TryRead(FlowField field, string text, out FlowValue value, out string expected)
    {
        if (text == FlowValue.AnyText)
        {
            value = FlowValue.Any;
            expected = "";
            return true;
        }

        if (field.Kind != FlowFieldKind.Text)
        {
            return FlowLiteral.TryParse(field.Kind, text, out value, out expected);
        }

        // One spelling for what has several: 6 and TCP are tcp, AS are SA.
        var spelled = new FlowRecord();
        value = FlowValue.OfText(text);
        expected = "";
        if (field.Name == "proto" || (field.Name is "sflags" or "dflags" && FlowFlags.Parse(text) >= 0))
        {
            field.Set(spelled, FlowValue.OfText(text));
            value = field.Get(spelled);
        }

        return true;
    }
}
