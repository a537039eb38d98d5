using System.Globalization;

namespace Vittne.Trails.Muting;

/// <summary>Ends of mutings: a date, whose whole day (UTC) still counts, or a time.</summary>
public static class MuteTime
{
    private const int SecondsADay = 86_400;

    /// <summary>Reads a date or time into the first second that no longer counts.</summary>
    public static bool TryParse(string text, out long untilSeconds)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
        {
            untilSeconds = new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeSeconds() + SecondsADay;
            return true;
        }

        bool isTime = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) && text?.Contains('T', StringComparison.Ordinal) == true;
        untilSeconds = isTime ? time.ToUnixTimeSeconds() : 0;
        return isTime;
    }
}
