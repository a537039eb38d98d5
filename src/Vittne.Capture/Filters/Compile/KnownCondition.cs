namespace Vittne.Capture.Filters.Compile;

/// <summary>Holds of every packet, or of none.</summary>
internal sealed class KnownCondition(bool holds) : Condition
{
    public bool Holds => holds;
}
