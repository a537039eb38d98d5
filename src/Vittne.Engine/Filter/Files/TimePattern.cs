using System.Globalization;
using System.Text;

namespace Vittne.Engine.Filter.Files;

/// <summary>File names with times in them, as strftime writes those that make sense in one; in local time.</summary>
public static class TimePattern
{
    /// <summary>Whether a name has a place for a time.</summary>
    public static bool HasTime(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return Format(pattern, 0) != Format(pattern, 86_400 * 40);
    }

    /// <summary>The name for a time in seconds since 1970; what is no known letter stays as it is.</summary>
    public static string Format(string pattern, long seconds)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        DateTimeOffset time = Local(seconds);
        var name = new StringBuilder();
        for (int i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%' || i + 1 == pattern.Length)
            {
                name.Append(pattern[i]);
                continue;
            }

            i++;
            name.Append(Field(pattern[i], time, seconds) ?? $"%{pattern[i]}");
        }

        return name.ToString();
    }

    /// <summary>Local time; the nearest that can be told where the calendar ends.</summary>
    public static DateTimeOffset Local(long seconds) =>
        DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, 0, 253_402_128_000)).ToLocalTime();

    private static string? Field(char letter, DateTimeOffset time, long seconds)
    {
        string? format = letter switch
        {
            'Y' => "yyyy",
            'y' => "yy",
            'm' => "MM",
            'd' => "dd",
            'H' => "HH",
            'I' => "hh",
            'M' => "mm",
            'S' => "ss",
            'F' => "yyyy-MM-dd",
            'T' => "HH:mm:ss",
            'R' => "HH:mm",
            'D' => "MM/dd/yy",
            'b' or 'h' => "MMM",
            'B' => "MMMM",
            'a' => "ddd",
            'A' => "dddd",
            'p' => "tt",
            _ => null,
        };
        return format is not null ? time.ToString(format, CultureInfo.InvariantCulture) : letter switch
        {
            's' => seconds.ToString(CultureInfo.InvariantCulture),
            'j' => time.DayOfYear.ToString("D3", CultureInfo.InvariantCulture),
            'e' => time.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2),
            'z' => time.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal),
            '%' => "%",
            _ => null,
        };
    }
}
