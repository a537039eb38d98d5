namespace Vittne.Capture.Filters.Compile;

/// <summary>The opposite.</summary>
internal sealed class NotCondition(Condition operand) : Condition
{
    public Condition Operand => operand;
}
