namespace Vittne.Flows.Reassembly;

/// <summary>Where two copies of stream bytes differ, and how each of them begins there.</summary>
/// <param name="Offset">Stream offset of the copies.</param>
/// <param name="First">The copy that came first, 64 bytes at most.</param>
/// <param name="Second">The copy that came second, likewise.</param>
internal readonly record struct SegmentConflict(long Offset, byte[] First, byte[] Second)
{
    private const int MaxShown = 64;

    /// <summary>Keeps what is shown of two copies.</summary>
    public static SegmentConflict Of(long offset, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) =>
        new(offset, first[..Math.Min(first.Length, MaxShown)].ToArray(), second[..Math.Min(second.Length, MaxShown)].ToArray());

    /// <inheritdoc/>
    public override string ToString() => $"at byte {Offset} first {Convert.ToHexStringLower(First)}, then {Convert.ToHexStringLower(Second)}";
}
