using System.Text;

namespace Vittne.Protocols.Http;

/// <summary>What a head says about the length of its body, and whether two readers could disagree about it.</summary>
/// <param name="Kind">How the body ends, as far as the head alone tells.</param>
/// <param name="Length">With <see cref="HttpBodyKind.Length"/>: bytes.</param>
/// <param name="IsSmuggling">Length and chunked coding together, or a coding written so that some readers miss it.</param>
/// <param name="HasBadLength">Content-Length values that differ or are no number.</param>
internal readonly record struct HttpFraming(HttpBodyKind Kind, long Length, bool IsSmuggling, bool HasBadLength)
{
    // Beyond it a number loses digits in clients that count in doubles; nothing that long was ever captured.
    private const long MaxBodyLength = 1L << 53;

    /// <summary>Reads the headers of a head.</summary>
    /// <param name="head">The head.</param>
    /// <param name="withoutLength">What holds when neither length nor coding is told.</param>
    public static HttpFraming Of(HttpHead head, HttpBodyKind withoutLength)
    {
        long length = -1;
        bool hasLength = false;
        bool hasBadLength = false;
        bool isChunked = false;
        bool hasCoding = false;
        bool isOdd = false;
        foreach (HttpHeader header in head.Headers)
        {
            if (header.Is("Content-Length"u8))
            {
                hasLength = true;
                isOdd |= header.HasBlankBeforeColon;
                ReadLengths(header.Value, ref length, ref hasBadLength);
            }
            else if (header.Is("Transfer-Encoding"u8))
            {
                isOdd |= header.HasBlankBeforeColon;
                ReadCodings(header.Value, ref hasCoding, ref isChunked, ref isOdd);
            }
        }

        HttpBodyKind kind = isChunked ? HttpBodyKind.Chunked : length >= 0 ? HttpBodyKind.Length : withoutLength;
        return new HttpFraming(kind, length, isOdd || (hasLength && hasCoding), hasBadLength);
    }

    private static void ReadLengths(ReadOnlySpan<byte> value, ref long length, ref bool isBad)
    {
        foreach (Range part in value.Split((byte)','))
        {
            if (!TryReadLength(value[part].Trim(HttpHead.Blanks), out long number))
            {
                isBad = true;
            }
            else if (length < 0)
            {
                length = number;
            }
            else
            {
                isBad |= number != length;
            }
        }
    }

    private static bool TryReadLength(ReadOnlySpan<byte> digits, out long number)
    {
        number = 0;
        foreach (byte digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9' || number > MaxBodyLength / 10)
            {
                return false;
            }

            number = (number * 10) + digit - '0';
        }

        return !digits.IsEmpty && number <= MaxBodyLength;
    }

    private static void ReadCodings(ReadOnlySpan<byte> value, ref bool hasCoding, ref bool isChunked, ref bool isOdd)
    {
        foreach (Range part in value.Split((byte)','))
        {
            ReadOnlySpan<byte> coding = value[part].Trim(HttpHead.Blanks);
            if (coding.IsEmpty || Ascii.EqualsIgnoreCase(coding, "identity"u8))
            {
                continue;
            }

            // Chunked must come once and last; what comes behind it only some readers honour.
            hasCoding = true;
            isOdd |= isChunked;
            if (Ascii.EqualsIgnoreCase(coding, "chunked"u8))
            {
                isChunked = true;
            }
            else
            {
                isOdd |= !IsKnownCoding(coding);
            }
        }
    }

    private static bool IsKnownCoding(ReadOnlySpan<byte> coding) =>
        Ascii.EqualsIgnoreCase(coding, "gzip"u8)
        || Ascii.EqualsIgnoreCase(coding, "x-gzip"u8)
        || Ascii.EqualsIgnoreCase(coding, "deflate"u8)
        || Ascii.EqualsIgnoreCase(coding, "compress"u8)
        || Ascii.EqualsIgnoreCase(coding, "x-compress"u8);
}
