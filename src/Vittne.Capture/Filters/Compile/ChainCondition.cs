namespace Vittne.Capture.Filters.Compile;

/// <summary>From left to right, <c>and</c> and <c>or</c> binding alike; what does not matter any more is not looked at.</summary>
internal sealed class ChainCondition(Condition first, IReadOnlyList<(bool IsAnd, Condition Condition)> rest) : Condition
{
    public Condition First => first;

    public IReadOnlyList<(bool IsAnd, Condition Condition)> Rest => rest;
}
