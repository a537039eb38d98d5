using Vittne.Capture.Pcapng;

namespace Vittne.Engine.Info;

/// <summary>An interface of a capture.</summary>
/// <param name="Id">Its number in the capture, counted from 0 through all sections.</param>
/// <param name="Section">Its section, counted from 0.</param>
/// <param name="Source">What the capture says about it.</param>
/// <param name="Packets">Packets recorded on it.</param>
public sealed record InterfaceInfo(int Id, int Section, CaptureInterface Source, long Packets)
{
    /// <summary>Ticks of its clock in a second; null when there is no such number (if_tsresol beyond 64 bits).</summary>
    public ulong? TicksPerSecond { get; } = Ticks(Source.TimestampResolution);

    private static ulong? Ticks(byte resolution)
    {
        const int MaxDecimalDigits = 19;
        const int MaxBinaryDigits = 63;
        int digits = resolution & 0x7F;
        if ((resolution & 0x80) != 0)
        {
            return digits <= MaxBinaryDigits ? 1UL << digits : null;
        }

        if (digits > MaxDecimalDigits)
        {
            return null;
        }

        ulong ticks = 1;
        for (int i = 0; i < digits; i++)
        {
            ticks *= 10;
        }

        return ticks;
    }
}
