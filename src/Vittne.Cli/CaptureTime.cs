using System.Globalization;

namespace Vittne.Cli;

/// <summary>Times on the command line: RFC 3339 (UTC when no zone is given), a date, or seconds since the epoch.</summary>
internal static class CaptureTime
{
    private const long NsPerSecond = 1_000_000_000;
    private const long NsPerTick = 100;

    /// <summary>Reads a time into nanoseconds since the epoch.</summary>
    public static bool TryParse(string text, out long timestampNs)
    {
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal seconds)
            && Math.Abs(seconds) < long.MaxValue / NsPerSecond)
        {
            timestampNs = (long)(seconds * NsPerSecond);
            return true;
        }

        const DateTimeStyles styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateTime.TryParse(text, CultureInfo.InvariantCulture, styles, out DateTime time))
        {
            timestampNs = (time - DateTime.UnixEpoch).Ticks * NsPerTick;
            return true;
        }

        timestampNs = 0;
        return false;
    }
}
