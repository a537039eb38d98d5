using System.Globalization;
using System.Text;

namespace Vittne.Protocols.Dns;

/// <summary>Data of the records of DNSSEC and of keys (RFC 4034, 5155, 4255, 6698) in presentation form.</summary>
internal static class DnsSecurityText
{
    private const string Base32Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUV";

    /// <summary>Appends the data of a type; false when the type is another one or the data is damaged.</summary>
    public static bool TryAppend(ushort type, ref DnsDataReader reader, StringBuilder text) => type switch
    {
        43 or 59 or 32769 => TryAppendNumbers("HBB", ref reader, text) && TryAppendHex(ref reader, text),
        44 => TryAppendNumbers("BB", ref reader, text) && TryAppendHex(ref reader, text),
        46 or 24 => TryAppendSignature(ref reader, text),
        47 => reader.TryReadName(out string next) && Append(text, next) && TryAppendTypes(ref reader, text),
        48 or 60 or 25 => TryAppendNumbers("HBB", ref reader, text) && TryAppendBase64(ref reader, text),
        50 => TryAppendNsec3(ref reader, text),
        51 => TryAppendNumbers("BBH", ref reader, text) && TryAppendSalt(ref reader, text),
        52 or 53 => TryAppendNumbers("BBB", ref reader, text) && TryAppendHex(ref reader, text),
        _ => false,
    };

    private static bool Append(StringBuilder text, string value)
    {
        text.Append(value);
        return true;
    }

    // B stands for a byte, H for two; each number is followed by a space.
    private static bool TryAppendNumbers(string widths, ref DnsDataReader reader, StringBuilder text)
    {
        foreach (char width in widths)
        {
            int number;
            if (width == 'H' && reader.TryReadUInt16(out ushort two))
            {
                number = two;
            }
            else if (width == 'B' && reader.TryReadUInt8(out byte one))
            {
                number = one;
            }
            else
            {
                return false;
            }

            text.Append(CultureInfo.InvariantCulture, $"{number} ");
        }

        return true;
    }

    private static bool TryAppendHex(ref DnsDataReader reader, StringBuilder text)
    {
        text.Append(Convert.ToHexString(reader.Rest));
        return reader.TryTake(reader.Rest.Length, out _);
    }

    private static bool TryAppendBase64(ref DnsDataReader reader, StringBuilder text)
    {
        text.Append(Convert.ToBase64String(reader.Rest));
        return reader.TryTake(reader.Rest.Length, out _);
    }

    // RFC 4034 section 3.2: type covered, algorithm, labels, TTL, expiration, inception, key tag, signer, signature.
    private static bool TryAppendSignature(ref DnsDataReader reader, StringBuilder text)
    {
        if (!reader.TryReadUInt16(out ushort covered) || !reader.TryReadUInt8(out byte algorithm) || !reader.TryReadUInt8(out byte labels)
            || !reader.TryReadUInt32(out uint timeToLive) || !reader.TryReadUInt32(out uint expiration) || !reader.TryReadUInt32(out uint inception)
            || !reader.TryReadUInt16(out ushort tag) || !reader.TryReadName(out string signer))
        {
            return false;
        }

        text.Append(CultureInfo.InvariantCulture, $"{DnsNames.OfType(covered)} {algorithm} {labels} {timeToLive} {Time(expiration)} {Time(inception)} {tag} {signer} ");
        return TryAppendBase64(ref reader, text);
    }

    private static string Time(uint seconds) => DateTime.UnixEpoch.AddSeconds(seconds).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);

    // RFC 5155 section 3.3: algorithm, flags, iterations, salt, hash of the next owner, types.
    private static bool TryAppendNsec3(ref DnsDataReader reader, StringBuilder text)
    {
        if (!TryAppendNumbers("BBH", ref reader, text) || !TryAppendSalt(ref reader, text)
            || !reader.TryReadUInt8(out byte length) || !reader.TryTake(length, out ReadOnlySpan<byte> hash))
        {
            return false;
        }

        text.Append(' ');
        AppendBase32(text, hash);
        return TryAppendTypes(ref reader, text);
    }

    private static bool TryAppendSalt(ref DnsDataReader reader, StringBuilder text)
    {
        if (!reader.TryReadUInt8(out byte length) || !reader.TryTake(length, out ReadOnlySpan<byte> salt))
        {
            return false;
        }

        text.Append(salt.IsEmpty ? "-" : Convert.ToHexString(salt));
        return true;
    }

    // RFC 4648 section 7, without padding.
    private static void AppendBase32(StringBuilder text, ReadOnlySpan<byte> data)
    {
        int waiting = 0, bits = 0;
        foreach (byte b in data)
        {
            waiting = ((waiting << 8) | b) & 0xFFF;
            bits += 8;
            while (bits >= 5)
            {
                bits -= 5;
                text.Append(Base32Digits[(waiting >> bits) & 31]);
            }
        }

        if (bits > 0)
        {
            text.Append(Base32Digits[(waiting << (5 - bits)) & 31]);
        }
    }

    // RFC 4034 section 4.1.2: windows of up to 32 bytes, the highest bit of each byte first.
    private static bool TryAppendTypes(ref DnsDataReader reader, StringBuilder text)
    {
        while (!reader.IsAtEnd)
        {
            if (!reader.TryReadUInt8(out byte window) || !reader.TryReadUInt8(out byte length) || length is 0 or > 32
                || !reader.TryTake(length, out ReadOnlySpan<byte> bitmap))
            {
                return false;
            }

            for (int bit = 0; bit < bitmap.Length * 8; bit++)
            {
                if ((bitmap[bit >> 3] & (0x80 >> (bit & 7))) != 0)
                {
                    text.Append(' ').Append(DnsNames.OfType((window << 8) | bit));
                }
            }
        }

        return true;
    }
}
