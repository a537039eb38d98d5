using Vittne.Capture.Pcapng;

namespace Vittne.Capture.Writing;

/// <summary>
/// The clock of an interface that is written: that of the input where it counts powers of ten down to nanoseconds, else nanoseconds.
/// </summary>
internal readonly struct OutputClock
{
    private const int NanosecondDigits = 9;

    private readonly long _unitNs;
    private readonly long _offsetNs;

    /// <param name="source">The interface.</param>
    public OutputClock(CaptureInterface source)
    {
        IsKept = source.TimestampResolution <= NanosecondDigits && Math.Abs(source.TimestampOffsetSeconds) < long.MaxValue / 2_000_000_000;
        _unitNs = 1;
        for (int digit = IsKept ? source.TimestampResolution : NanosecondDigits; digit < NanosecondDigits; digit++)
        {
            _unitNs *= 10;
        }

        _offsetNs = IsKept ? source.TimestampOffsetSeconds * 1_000_000_000 : 0;
    }

    /// <summary>Whether the resolution and offset of the input are kept.</summary>
    public bool IsKept { get; }

    /// <summary>A time in units of the clock; one before its beginning becomes its beginning.</summary>
    public ulong ToUnits(long timestampNs) => (ulong)Math.Max(0, (timestampNs - _offsetNs) / _unitNs);
}
