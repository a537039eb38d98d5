namespace Vittne.Trails.Text;

/// <summary>Percent-decoding (RFC 3986 section 2.1) as lenient consumers do it: what is no escape stays as it is.</summary>
public static class PercentDecoding
{
    /// <summary>
    /// The text with every <c>%</c> and two hex digits replaced by the byte they name. A <c>%</c> without two hex digits after it and
    /// <c>+</c> are kept; a decoded <c>%</c> does not begin another escape.
    /// </summary>
    /// <param name="text">Bytes in any encoding; the result is never longer.</param>
    public static byte[] Decode(ReadOnlySpan<byte> text)
    {
        int first = text.IndexOf((byte)'%');
        if (first < 0)
        {
            return text.ToArray();
        }

        byte[] decoded = new byte[text.Length];
        text[..first].CopyTo(decoded);
        int length = first;
        int at = first;
        while (at < text.Length)
        {
            byte value = text[at];
            if (value == '%' && at + 2 < text.Length && IsHex(text[at + 1]) && IsHex(text[at + 2]))
            {
                value = (byte)((HexValue(text[at + 1]) << 4) | HexValue(text[at + 2]));
                at += 2;
            }

            decoded[length] = value;
            length++;
            at++;
        }

        return decoded.AsSpan(0, length).ToArray();
    }

    private static bool IsHex(byte value) => char.IsAsciiHexDigit((char)value);

    private static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
