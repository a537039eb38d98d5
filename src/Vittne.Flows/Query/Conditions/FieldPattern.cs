using System.Text.RegularExpressions;
using Vittne.Flows.Records;

namespace Vittne.Flows.Query.Conditions;

/// <summary>Looks for a pattern in the text of a field; in each part of a list.</summary>
internal sealed class FieldPattern(FlowField field, Regex pattern) : FlowCondition
{
    public override bool Holds(FlowRecord record)
    {
        FlowValue value = field.Get(record);
        return value.Kind switch
        {
            FlowFieldKind.Absent => false,
            FlowFieldKind.Text => pattern.IsMatch(value.Text),
            FlowFieldKind.Texts => Array.Exists(value.Texts, pattern.IsMatch),
            _ => pattern.IsMatch(value.ToString()),
        };
    }
}
