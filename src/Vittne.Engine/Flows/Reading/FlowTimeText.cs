using System.Globalization;

namespace Vittne.Engine.Flows.Reading;

/// <summary>
/// Times and durations as other programs write them: decimal seconds; dates with <c>-</c> or <c>/</c>, then a clock time behind <c>T</c>, a blank or a
/// point, with a fraction and an offset from UTC or without; a clock time alone, which counts from the epoch.
/// </summary>
internal static class FlowTimeText
{
    private const long NsPerSecond = 1_000_000_000;
    private const long MaxSeconds = long.MaxValue / NsPerSecond;
    private const int MaxFraction = 9;
    private const int DateLength = 10;

    /// <summary>Reads a time.</summary>
    /// <param name="text">The text.</param>
    /// <param name="ns">Nanoseconds since the epoch.</param>
    /// <param name="digits">Digits of the fraction that say something: zeros at the end of a date's nine say nothing.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out long ns, out int digits)
    {
        text = text.Trim();
        if (text.Length > DateLength && text[4] is '-' or '/' && text[7] == text[4])
        {
            return TryParseDate(text, out ns, out digits);
        }

        return text.Contains(':') ? TryParseClock(text, out ns, out digits) : TryParseSeconds(text, out ns, out digits);
    }

    /// <summary>Reads decimal seconds, not negative; digits beyond nanoseconds are cut off.</summary>
    public static bool TryParseSeconds(ReadOnlySpan<char> text, out long ns, out int digits)
    {
        ns = 0;
        int point = text.IndexOf('.');
        ReadOnlySpan<char> whole = point < 0 ? text : text[..point];
        digits = point < 0 ? 0 : text.Length - point - 1;
        if (!long.TryParse(whole, NumberStyles.None, CultureInfo.InvariantCulture, out long second) || second >= MaxSeconds)
        {
            return TryParseExponent(text, out ns);
        }

        if (!TryFraction(point < 0 ? default : text[(point + 1)..], out long fraction))
        {
            return TryParseExponent(text, out ns);
        }

        ns = (second * NsPerSecond) + fraction;
        return true;
    }

    // Numbers such as 1.2e-05, as Python writes small ones.
    private static bool TryParseExponent(ReadOnlySpan<char> text, out long ns)
    {
        ns = 0;
        bool isRead = text.ContainsAny('e', 'E') && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds)
            && seconds is >= 0 and < MaxSeconds && Assign(seconds, out ns);
        return isRead;

        static bool Assign(double seconds, out long ns)
        {
            ns = (long)Math.Round(seconds * NsPerSecond);
            return true;
        }
    }

    private static bool TryParseDate(ReadOnlySpan<char> text, out long ns, out int digits)
    {
        ns = 0;
        digits = 0;
        if (!DateTime.TryParseExact(text[..DateLength], text[4] == '-' ? "yyyy-MM-dd" : "yyyy/MM/dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime date)
            || text[DateLength] is not ('T' or 't' or ' ' or '.'))
        {
            return false;
        }

        ReadOnlySpan<char> clock = text[(DateLength + 1)..];
        if (!TrySplitOffset(ref clock, out int offsetMinutes) || !TryParseClock(clock, out long clockNs, out digits))
        {
            return false;
        }

        long second = ((date.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond) - (offsetMinutes * 60L);
        Int128 all = ((Int128)second * NsPerSecond) + clockNs;
        if (all < 0 || all > long.MaxValue)
        {
            return false;
        }

        ns = (long)all;

        // Nine digits of which the last three are zero are the way records write microseconds.
        digits = digits > 6 && ns % 1_000 == 0 ? 6 : digits;
        return true;
    }

    // Z, +hhmm, +hh:mm at the end.
    private static bool TrySplitOffset(ref ReadOnlySpan<char> clock, out int minutes)
    {
        minutes = 0;
        if (clock.Length > 0 && clock[^1] is 'Z' or 'z')
        {
            clock = clock[..^1];
            return true;
        }

        int sign = clock.LastIndexOfAny('+', '-');
        if (sign < 0)
        {
            return true;
        }

        ReadOnlySpan<char> offset = clock[(sign + 1)..];
        bool isNegative = clock[sign] == '-';
        clock = clock[..sign];
        int colon = offset.IndexOf(':');
        ReadOnlySpan<char> hours = colon >= 0 ? offset[..colon] : offset.Length == 4 ? offset[..2] : offset;
        ReadOnlySpan<char> rest = colon >= 0 ? offset[(colon + 1)..] : offset.Length == 4 ? offset[2..] : "0";
        if (!int.TryParse(hours, NumberStyles.None, CultureInfo.InvariantCulture, out int hour) || hour > 18
            || !int.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out int minute) || minute > 59)
        {
            return false;
        }

        minutes = ((hour * 60) + minute) * (isNegative ? -1 : 1);
        return true;
    }

    private static bool TryParseClock(ReadOnlySpan<char> text, out long ns, out int digits)
    {
        ns = 0;
        digits = 0;
        if (text.Length < 8 || text[2] != ':' || text[5] != ':'
            || !int.TryParse(text[..2], NumberStyles.None, CultureInfo.InvariantCulture, out int hour) || hour > 23
            || !int.TryParse(text[3..5], NumberStyles.None, CultureInfo.InvariantCulture, out int minute) || minute > 59
            || !int.TryParse(text[6..8], NumberStyles.None, CultureInfo.InvariantCulture, out int second) || second > 60
            || (text.Length > 8 && text[8] != '.'))
        {
            return false;
        }

        ReadOnlySpan<char> fractionText = text.Length > 8 ? text[9..] : default;
        digits = fractionText.Length;
        bool isRead = TryFraction(fractionText, out long fraction);
        ns = (((((hour * 60L) + minute) * 60) + second) * NsPerSecond) + fraction;
        return isRead;
    }

    private static bool TryFraction(ReadOnlySpan<char> text, out long ns)
    {
        ns = 0;
        for (int i = 0; i < Math.Max(text.Length, MaxFraction); i++)
        {
            if (i < text.Length && !char.IsAsciiDigit(text[i]))
            {
                return false;
            }

            ns = i < MaxFraction ? (ns * 10) + (i < text.Length ? text[i] - '0' : 0) : ns;
        }

        return true;
    }
}
