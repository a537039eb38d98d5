using System.Globalization;

namespace Vittne.Engine.Output;

/// <summary>Times as records show them: RFC 3339, UTC.</summary>
public static class RecordTime
{
    private const long NsPerSecond = 1_000_000_000;

    /// <summary>With nine decimals.</summary>
    public static string Of(long timestampNs)
    {
        (long second, long fraction) = Split(timestampNs);
        return string.Create(CultureInfo.InvariantCulture, $"{DateTime.UnixEpoch.AddSeconds(second):yyyy-MM-dd'T'HH:mm:ss}.{fraction:000000000}Z");
    }

    /// <summary>Without a fraction: <c>2026-01-02T03:04:05Z</c>.</summary>
    public static string OfWholeSeconds(long timestampNs) =>
        string.Create(CultureInfo.InvariantCulture, $"{DateTime.UnixEpoch.AddSeconds(Split(timestampNs).Second):yyyy-MM-dd'T'HH:mm:ss}Z");

    private static (long Second, long Fraction) Split(long timestampNs)
    {
        long second = Math.DivRem(timestampNs, NsPerSecond, out long fraction);
        return fraction < 0 ? (second - 1, fraction + NsPerSecond) : (second, fraction);
    }
}
