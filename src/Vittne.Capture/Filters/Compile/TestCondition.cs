namespace Vittne.Capture.Filters.Compile;

/// <summary>A comparison of two values.</summary>
internal sealed class TestCondition(Comparison comparison, int left, int right) : Condition
{
    public Comparison Comparison => comparison;

    public int Left => left;

    public int Right => right;
}
