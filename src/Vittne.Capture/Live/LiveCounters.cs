using System.Globalization;

namespace Vittne.Capture.Live;

/// <summary>What a live capture has taken and lost so far.</summary>
/// <param name="Captured">Packets handed out.</param>
/// <param name="Received">Packets that the kernel matched, those it dropped for want of room included.</param>
/// <param name="DroppedByKernel">Packets that found no room in the ring.</param>
/// <param name="DroppedByInterface">Packets that the interface or its driver dropped since the capture began.</param>
/// <param name="Freezes">Times that the ring was full and stood still.</param>
public readonly record struct LiveCounters(long Captured, long Received, long DroppedByKernel, long DroppedByInterface, long Freezes)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Captured} captured, {Received} received by filter, {DroppedByKernel} dropped by kernel, {DroppedByInterface} dropped by interface");
}
