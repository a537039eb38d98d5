namespace Vittne.Capture.Pcapng;

/// <summary>Where the options of one packet lie in the memory that its batch points to. Ordered by the packet.</summary>
/// <param name="Number">Number of the packet.</param>
/// <param name="Offset">Position of the first option.</param>
/// <param name="Length">Bytes of all options.</param>
internal readonly record struct OptionRange(long Number, long Offset, int Length) : IComparable<OptionRange>
{
    /// <inheritdoc/>
    public int CompareTo(OptionRange other) => Number.CompareTo(other.Number);
}
