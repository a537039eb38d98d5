using Vittne.Flows.Records;

namespace Vittne.Flows.Query.Conditions;

/// <summary>
/// Compares a field with a value. A field that the record does not tell is equal to the empty text only, neither larger nor smaller than
/// anything. A network as value holds the addresses in it; of a list one part must compare.
/// </summary>
internal sealed class FieldComparison(FlowField field, FlowComparison comparison, FlowValue operand) : FlowCondition
{
    public override bool Holds(FlowRecord record)
    {
        FlowValue value = field.Get(record);
        return comparison switch
        {
            FlowComparison.Equal => IsEqual(value),
            FlowComparison.NotEqual => !IsEqual(value),
            _ => IsOrdered(value),
        };
    }

    private bool IsEqual(in FlowValue value)
    {
        if (!value.IsKnown || !operand.IsKnown)
        {
            return value.IsKnown == operand.IsKnown;
        }

        return value.Kind switch
        {
            FlowFieldKind.Address => operand.Kind == FlowFieldKind.Address && operand.Address.Holds(value.Address),
            FlowFieldKind.Texts => operand.Kind == FlowFieldKind.Text && value.Texts.AsSpan().Contains(operand.Text),
            FlowFieldKind.Integers => operand.Kind == FlowFieldKind.Integer && operand.Number <= int.MaxValue && value.Integers.AsSpan().Contains((int)operand.Number),
            _ => value.Kind == operand.Kind && value.CompareTo(operand) == 0,
        };
    }

    private bool IsOrdered(in FlowValue value)
    {
        switch (value.Kind)
        {
            case FlowFieldKind.Texts when operand.Kind == FlowFieldKind.Text:
                foreach (string part in value.Texts)
                {
                    if (IsRight(string.CompareOrdinal(part, operand.Text)))
                    {
                        return true;
                    }
                }

                return false;
            case FlowFieldKind.Integers when operand.Kind == FlowFieldKind.Integer:
                foreach (int part in value.Integers)
                {
                    if (IsRight(((long)part).CompareTo(operand.Number)))
                    {
                        return true;
                    }
                }

                return false;
            default:
                return value.IsKnown && value.Kind == operand.Kind && IsRight(value.CompareTo(operand));
        }
    }

    private bool IsRight(int order) => comparison switch
    {
        FlowComparison.Less => order < 0,
        FlowComparison.AtMost => order <= 0,
        FlowComparison.Greater => order > 0,
        _ => order >= 0,
    };
}
