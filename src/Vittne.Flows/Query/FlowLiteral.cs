using System.Globalization;
using Vittne.Flows.Records;

namespace Vittne.Flows.Query;

/// <summary>Values as conditions write them: numbers and durations with units, times, addresses and networks.</summary>
public static class FlowLiteral
{
    private const long NsPerSecond = 1_000_000_000;
    private const long NsPerTick = 100;

    private static readonly (string Unit, decimal Factor)[] Sizes =
    [
        ("Ki", 1L << 10), ("Mi", 1L << 20), ("Gi", 1L << 30), ("Ti", 1L << 40), ("k", 1_000), ("K", 1_000), ("M", 1_000_000), ("G", 1_000_000_000), ("T", 1_000_000_000_000), ("", 1),
    ];

    private static readonly (string Unit, decimal Factor)[] Spans =
    [
        ("ns", 1), ("us", 1_000), ("ms", 1_000_000), ("s", NsPerSecond), ("m", 60 * NsPerSecond), ("h", 3_600 * NsPerSecond), ("d", 86_400 * NsPerSecond), ("w", 7 * 86_400 * NsPerSecond), ("", NsPerSecond),
    ];

    /// <summary>Reads a value of a field's kind; false with words that say what such a value looks like.</summary>
    public static bool TryParse(FlowFieldKind kind, string text, out FlowValue value, out string expected)
    {
        bool isRead;
        (value, isRead, expected) = kind switch
        {
            FlowFieldKind.Integer or FlowFieldKind.Integers => TryInteger(text, out long number)
                ? (FlowValue.OfInteger(number), true, "")
                : (default, false, "a whole number: 1500, 10k, 5M, 64Ki"),
            FlowFieldKind.Decimal => TryDecimal(text, out double number)
                ? (FlowValue.OfDecimal(number), true, "")
                : (default, false, "a number: 0.5, 10k, 5M"),
            FlowFieldKind.Duration => TryDuration(text, out long ns)
                ? (FlowValue.OfDuration(ns), true, "")
                : (default, false, "a duration: 1.5, 200ms, 30s, 5m, 2h, 1d"),
            FlowFieldKind.Time => TryTime(text, out long ns)
                ? (FlowValue.OfTime(ns), true, "")
                : (default, false, "a time: 2026-01-02T03:04:05Z, a date, or seconds since 1970"),
            FlowFieldKind.Address => FlowAddress.TryParse(text, out FlowAddress address)
                ? (FlowValue.OfAddress(address), true, "")
                : (default, false, "an address or a network: 10.0.0.1, 10.0.0.0/8, fe80::/10"),
            FlowFieldKind.Mac => FlowAddress.TryParseMac(text, out long mac)
                ? (FlowValue.OfMac(mac), true, "")
                : (default, false, "a hardware address: 02:00:5e:10:00:01"),
            FlowFieldKind.Flag => text is "true" or "1"
                ? (FlowValue.OfFlag(true), true, "")
                : (default, text is "false" or "0", "true or false"),
            _ => (FlowValue.OfText(text), true, ""),
        };
        return isRead;
    }

    /// <summary>Reads a whole number with a unit: k M G T are powers of 1000, Ki Mi Gi Ti of 1024; 0x before hexadecimal digits.</summary>
    public static bool TryInteger(ReadOnlySpan<char> text, out long number)
    {
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return long.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number) && number >= 0;
        }

        bool isNumber = TryScaled(text, Sizes, out decimal value) && value <= long.MaxValue && value == decimal.Truncate(value);
        number = isNumber ? (long)value : 0;
        return isNumber;
    }

    /// <summary>Reads a number with a fraction, sign and unit.</summary>
    public static bool TryDecimal(ReadOnlySpan<char> text, out double number)
    {
        bool isNegative = text.StartsWith("-");
        bool isNumber = TryScaled(isNegative ? text[1..] : text, Sizes, out decimal value);
        number = isNumber ? (double)(isNegative ? -value : value) : 0;
        return isNumber;
    }

    /// <summary>Reads a duration into nanoseconds: seconds unless a unit follows.</summary>
    public static bool TryDuration(ReadOnlySpan<char> text, out long ns)
    {
        bool isNumber = TryScaled(text, Spans, out decimal value) && value <= long.MaxValue;
        ns = isNumber ? (long)value : 0;
        return isNumber;
    }

    /// <summary>Reads a time into nanoseconds since the epoch: RFC 3339 (UTC without zone), a date, or seconds.</summary>
    public static bool TryTime(ReadOnlySpan<char> text, out long ns)
    {
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal seconds))
        {
            ns = seconds < long.MaxValue / NsPerSecond ? (long)(seconds * NsPerSecond) : -1;
            return ns >= 0;
        }

        bool isTime = DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime time)
            && time >= DateTime.UnixEpoch;
        ns = isTime ? (time - DateTime.UnixEpoch).Ticks * NsPerTick : 0;
        return isTime;
    }

    private static bool TryScaled(ReadOnlySpan<char> text, (string Unit, decimal Factor)[] units, out decimal value)
    {
        foreach ((string unit, decimal factor) in units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal)
                && decimal.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value)
                && value <= decimal.MaxValue / factor)
            {
                value *= factor;
                return true;
            }
        }

        value = 0;
        return false;
    }
}
