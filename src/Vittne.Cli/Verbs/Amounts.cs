using System.Globalization;

namespace Vittne.Cli.Verbs;

/// <summary>Sizes and spans of time on the command line.</summary>
internal static class Amounts
{
    private const long SecondNs = 1_000_000_000;

    /// <summary>A size in bytes: a number counts millions, unless a unit follows it.</summary>
    public static bool TrySize(string text, out long bytes)
    {
        (string Unit, long Bytes)[] units =
            [("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("", 1_000_000)];
        foreach ((string unit, long factor) in units)
        {
            if (text.EndsWith(unit, StringComparison.OrdinalIgnoreCase))
            {
                bool isNumber = long.TryParse(text.AsSpan(0, text.Length - unit.Length).TrimEnd(), NumberStyles.None, CultureInfo.InvariantCulture, out long number);
                bytes = isNumber && number <= long.MaxValue / factor ? number * factor : 0;
                return bytes > 0;
            }
        }

        bytes = 0;
        return false;
    }

    /// <summary>Seconds with a fraction and a sign, in nanoseconds.</summary>
    public static bool TrySeconds(string text, out long ns)
    {
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        bool isNumber = decimal.TryParse(text, style, CultureInfo.InvariantCulture, out decimal seconds) && Math.Abs(seconds) < long.MaxValue / SecondNs;
        ns = isNumber ? (long)(seconds * SecondNs) : 0;
        return isNumber;
    }

    /// <summary>A span of time of flows: a number, and s, m, h or d; seconds without a unit.</summary>
    public static bool TryDuration(string text, out long ns)
    {
        decimal factor = text.Length == 0 ? 0 : text[^1] switch
        {
            'm' => 60,
            'h' => 3_600,
            'd' => 86_400,
            _ => 1,
        };
        ReadOnlySpan<char> digits = text.Length > 0 && text[^1] is 's' or 'm' or 'h' or 'd' ? text.AsSpan(0, text.Length - 1) : text;
        bool isNumber = decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            && number < long.MaxValue / SecondNs / 86_400;
        ns = isNumber ? (long)(number * factor * SecondNs) : 0;
        return ns > 0;
    }

    /// <summary>A span of time with its unit: s, ms, us or ns.</summary>
    public static bool TrySpan(string text, out long ns)
    {
        (string Unit, decimal Seconds)[] units = [("ms", 0.001m), ("us", 0.000001m), ("ns", 0.000000001m), ("s", 1)];
        foreach ((string unit, decimal factor) in units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal)
                && decimal.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
                && number < long.MaxValue / SecondNs)
            {
                ns = (long)(number * factor * SecondNs);
                return true;
            }
        }

        ns = 0;
        return false;
    }
}
