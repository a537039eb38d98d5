using Vittne.Capture.Writing;

namespace Vittne.Engine.Filter.Editors;

/// <summary>Moves all times by the same amount.</summary>
/// <param name="shiftNs">Nanoseconds to add.</param>
internal sealed class TimeShift(long shiftNs) : PacketEditor
{
    private const long SecondNs = 1_000_000_000;

    /// <inheritdoc/>
    public override bool Edit(ref OutputPacket packet)
    {
        long fraction = packet.FractionNs + (shiftNs % SecondNs);
        long seconds = packet.Seconds + (shiftNs / SecondNs);
        packet.Seconds = seconds + (long)Math.Floor(fraction / (double)SecondNs);
        packet.FractionNs = ((fraction % SecondNs) + SecondNs) % SecondNs;
        if (packet.Seconds < 0)
        {
            Problem = "would be before 1970 after the shift";
        }

        return true;
    }
}
