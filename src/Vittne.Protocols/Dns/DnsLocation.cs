using System.Globalization;
using System.Text;

namespace Vittne.Protocols.Dns;

/// <summary>Data of LOC records (RFC 1876): <c>51 30 12.748 N 0 7 39.611 W 0.00m 0.00m 0.00m 0.00m</c>.</summary>
internal static class DnsLocation
{
    // Equator and meridian, in thousandths of a second of arc.
    private const long Middle = 1L << 31;

    // Below the reference spheroid by 100,000 m, in cm.
    private const long AltitudeBase = 10_000_000;

    /// <summary>Appends the data; false when it is damaged or of another version than 0.</summary>
    public static bool TryAppend(ref DnsDataReader reader, StringBuilder text)
    {
        if (!reader.TryReadUInt8(out byte version) || version != 0
            || !reader.TryReadUInt8(out byte size) || !reader.TryReadUInt8(out byte horizontal) || !reader.TryReadUInt8(out byte vertical)
            || !reader.TryReadUInt32(out uint latitude) || !reader.TryReadUInt32(out uint longitude) || !reader.TryReadUInt32(out uint altitude))
        {
            return false;
        }

        AppendAngle(text, latitude - Middle, 'N', 'S');
        AppendAngle(text, longitude - Middle, 'E', 'W');
        long height = altitude - AltitudeBase;
        text.Append(CultureInfo.InvariantCulture, $"{height / 100m:0.00}m");
        foreach (byte precision in (ReadOnlySpan<byte>)[size, horizontal, vertical])
        {
            // The high digit times ten to the power of the low one, in cm.
            int power = precision & 15;
            if (precision >> 4 > 9 || power > 9)
            {
                return false;
            }

            decimal centimetres = precision >> 4;
            for (int i = 0; i < power; i++)
            {
                centimetres *= 10;
            }

            text.Append(CultureInfo.InvariantCulture, $" {centimetres / 100:0.00}m");
        }

        return true;
    }

    private static void AppendAngle(StringBuilder text, long thousandths, char positive, char negative)
    {
        long value = Math.Abs(thousandths);
        text.Append(
            CultureInfo.InvariantCulture,
            $"{value / 3_600_000} {value / 60_000 % 60} {value % 60_000 / 1000}.{value % 1000:000} {(thousandths < 0 ? negative : positive)} ");
    }
}
