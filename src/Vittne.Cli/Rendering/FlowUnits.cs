using System.Globalization;
using Vittne.Engine.Output;

namespace Vittne.Cli.Rendering;

/// <summary>Numbers of flow records as people read them.</summary>
internal static class FlowUnits
{
    private const int DateLength = 10;
    private const int MicrosecondsLength = 26;
    private const double NsPerSecond = 1e9;
    private static readonly string[] Prefixes = ["", "k", "M", "G", "T", "P", "E"];

    /// <summary>Date and clock time in UTC with microseconds.</summary>
    public static string Time(long ns)
    {
        string text = RecordTime.Of(ns);
        return $"{text[..DateLength]} {text[(DateLength + 1)..MicrosecondsLength]}";
    }

    /// <summary>Milliseconds below a second, then seconds, minutes, hours and days.</summary>
    public static string Duration(long ns)
    {
        double seconds = ns / NsPerSecond;
        return seconds switch
        {
            0 => "0 s",
            < 1 => Text(seconds * 1_000, "ms"),
            < 120 => Text(seconds, "s"),
            < 7_200 => Text(seconds / 60, "min"),
            < 172_800 => Text(seconds / 3_600, "h"),
            _ => Text(seconds / 86_400, "d"),
        };
    }

    /// <summary>Bytes by thousands.</summary>
    public static string Bytes(long bytes) => Scaled(bytes, "B");

    /// <summary>A count by thousands.</summary>
    public static string Count(long count) => Scaled(count, "");

    private static string Scaled(long value, string unit)
    {
        double scaled = value;
        int prefix = 0;
        while (scaled >= 999.95 && prefix < Prefixes.Length - 1)
        {
            scaled /= 1_000;
            prefix++;
        }

        string name = Prefixes[prefix] + unit;
        string number = scaled.ToString(prefix == 0 ? "0" : "0.0", CultureInfo.InvariantCulture);
        return name.Length == 0 ? number : $"{number} {name}";
    }

    private static string Text(double value, string unit) => string.Create(CultureInfo.InvariantCulture, $"{value:0.###} {unit}");
}
