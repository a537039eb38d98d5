using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Vittne.Protocols.X509;

/// <summary>Text and time values of DER as strings and numbers.</summary>
internal static class DerText
{
    // ub-name of X.520 is 32,768; nothing that is read as text is longer.
    private const int MaxLength = 8 << 10;

    /// <summary>Text of a string type. Bytes that are no UTF-8 where UTF-8 is meant become characters 0-255.</summary>
    public static string Read(byte tag, ReadOnlySpan<byte> value)
    {
        value = value[..Math.Min(value.Length, MaxLength)];
        switch (tag)
        {
            case DerTag.BmpString:
                return Encoding.BigEndianUnicode.GetString(value[..(value.Length & ~1)]);

            case DerTag.UniversalString:
                var text = new StringBuilder(value.Length / 4);
                for (; value.Length >= 4; value = value[4..])
                {
                    uint rune = BinaryPrimitives.ReadUInt32BigEndian(value);
                    text.Append(Rune.IsValid(rune) ? new Rune(rune).ToString() : "\uFFFD");
                }

                return text.ToString();

            case DerTag.Utf8String when System.Text.Unicode.Utf8.IsValid(value):
                return Encoding.UTF8.GetString(value);

            default:
                return Encoding.Latin1.GetString(value);
        }
    }

    /// <summary>Reads UTCTime or GeneralizedTime (RFC 5280 section 4.1.2.5).</summary>
    /// <param name="tag">Tag of the value.</param>
    /// <param name="value">The digits and <c>Z</c>.</param>
    /// <param name="seconds">Seconds since 1970 UTC; negative before.</param>
    public static bool TryReadTime(byte tag, ReadOnlySpan<byte> value, out long seconds)
    {
        seconds = 0;
        int yearDigits = tag switch
        {
            DerTag.UtcTime => 2,
            DerTag.GeneralizedTime => 4,
            _ => 0,
        };
        if (yearDigits == 0 || value.Length < yearDigits + 8 || !TryNumber(value[..yearDigits], out int year))
        {
            return false;
        }

        year += yearDigits == 2 ? (year < 50 ? 2000 : 1900) : 0;
        ReadOnlySpan<byte> rest = value[yearDigits..];
        Span<int> fields = stackalloc int[5];
        fields.Clear();
        int count = 0;
        while (count < fields.Length && rest.Length >= 2 && TryNumber(rest[..2], out fields[count]))
        {
            count++;
            rest = rest[2..];
        }

        // Old encoders leave the seconds out.
        if (count < 4 || year < 1 || fields[0] is < 1 or > 12 || fields[1] < 1 || fields[1] > DateTime.DaysInMonth(year, fields[0])
            || fields[2] > 23 || fields[3] > 59 || fields[4] > 60)
        {
            return false;
        }

        var date = new DateTime(year, fields[0], fields[1], 0, 0, 0, DateTimeKind.Utc);
        seconds = ((date.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond) + (fields[2] * 3600) + (fields[3] * 60) + fields[4];
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<byte> digits, out int value) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
