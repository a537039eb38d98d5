using System.Globalization;
using System.Text;

namespace Vittne.Protocols.X509;

/// <summary>Object identifiers (X.690 section 8.19) as dotted text, and the names of those that certificates use.</summary>
internal static class ObjectIdentifier
{
    // Longer ones are no names of anything, and the text would be hostile in length.
    private const int MaxLength = 64;

    /// <summary>The dotted form; empty when the bytes are none.</summary>
    public static string ToDotted(ReadOnlySpan<byte> content)
    {
        if (content.Length is 0 or > MaxLength || (content[^1] & 0x80) != 0)
        {
            return "";
        }

        var text = new StringBuilder(32);
        ulong arc = 0;
        bool isFirst = true;
        foreach (byte octet in content)
        {
            if (arc >> 56 != 0)
            {
                return "";
            }

            arc = (arc << 7) | (octet & 0x7Fu);
            if ((octet & 0x80) != 0)
            {
                continue;
            }

            if (isFirst)
            {
                ulong top = Math.Min(arc / 40, 2);
                text.Append(CultureInfo.InvariantCulture, $"{top}.{arc - (top * 40)}");
                isFirst = false;
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $".{arc}");
            }

            arc = 0;
        }

        return text.ToString();
    }

    /// <summary>Short name of an attribute type in RFC 4514 text; the dotted form when it has none.</summary>
    public static string AttributeName(string dotted) => dotted switch
    {
        "2.5.4.3" => "CN",
        "2.5.4.4" => "SN",
        "2.5.4.5" => "serialNumber",
        "2.5.4.6" => "C",
        "2.5.4.7" => "L",
        "2.5.4.8" => "ST",
        "2.5.4.9" => "street",
        "2.5.4.10" => "O",
        "2.5.4.11" => "OU",
        "2.5.4.12" => "title",
        "2.5.4.15" => "businessCategory",
        "2.5.4.17" => "postalCode",
        "2.5.4.42" => "GN",
        "1.2.840.113549.1.9.1" => "emailAddress",
        "0.9.2342.19200300.100.1.1" => "UID",
        "0.9.2342.19200300.100.1.25" => "DC",
        _ => dotted,
    };

    /// <summary>Name of a signature algorithm; the dotted form when it is not known.</summary>
    public static string SignatureName(string dotted) => dotted switch
    {
        "1.2.840.113549.1.1.2" => "md2WithRSAEncryption",
        "1.2.840.113549.1.1.4" => "md5WithRSAEncryption",
        "1.2.840.113549.1.1.5" => "sha1WithRSAEncryption",
        "1.2.840.113549.1.1.10" => "rsassaPss",
        "1.2.840.113549.1.1.11" => "sha256WithRSAEncryption",
        "1.2.840.113549.1.1.12" => "sha384WithRSAEncryption",
        "1.2.840.113549.1.1.13" => "sha512WithRSAEncryption",
        "1.2.840.113549.1.1.14" => "sha224WithRSAEncryption",
        "1.3.14.3.2.29" => "sha1WithRSAEncryption",
        "1.2.840.10040.4.3" => "dsa-with-sha1",
        "2.16.840.1.101.3.4.3.2" => "dsa-with-sha256",
        "1.2.840.10045.4.1" => "ecdsa-with-SHA1",
        "1.2.840.10045.4.3.2" => "ecdsa-with-SHA256",
        "1.2.840.10045.4.3.3" => "ecdsa-with-SHA384",
        "1.2.840.10045.4.3.4" => "ecdsa-with-SHA512",
        "1.3.101.112" => "ed25519",
        "1.3.101.113" => "ed448",
        _ => dotted,
    };
}
