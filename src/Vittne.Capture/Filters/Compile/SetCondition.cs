namespace Vittne.Capture.Filters.Compile;

/// <summary>Sets a variable; always true.</summary>
internal sealed class SetCondition(int variable, int value) : Condition
{
    /// <summary>The variable, as a value.</summary>
    public int Variable => variable;

    public int Value => value;
}
