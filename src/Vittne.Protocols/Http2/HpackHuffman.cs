namespace Vittne.Protocols.Http2;

/// <summary>
/// The Huffman code of HPACK (RFC 7541 appendix B). It is canonical: codes of one length stand in the order of their symbols, so the lengths
/// alone define it.
/// </summary>
internal static class HpackHuffman
{
    private const int LongestCode = 30;
    private const int EndOfString = 256;

    private static readonly uint[] FirstCodes = new uint[LongestCode + 1];
    private static readonly int[] Counts = new int[LongestCode + 1];
    private static readonly int[] Offsets = new int[LongestCode + 1];
    private static readonly ushort[] Symbols = new ushort[EndOfString + 1];

    static HpackHuffman()
    {
        uint code = 0;
        int offset = 0;
        for (int length = 1; length <= LongestCode; length++)
        {
            code <<= 1;
            (FirstCodes[length], Offsets[length]) = (code, offset);
            for (int symbol = 0; symbol <= EndOfString; symbol++)
            {
                if (Lengths[symbol] == length)
                {
                    Symbols[offset++] = (ushort)symbol;
                    code++;
                }
            }

            Counts[length] = offset - Offsets[length];
        }
    }

    /// <summary>Bits of the code of each symbol, the end of a string last.</summary>
    private static ReadOnlySpan<byte> Lengths =>
    [
        13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28,
        28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28,
        6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6,
        5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10,
        13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
        7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6,
        15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5,
        6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28,
        20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23,
        24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24,
        22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23,
        21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23,
        26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25,
        19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27,
        20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23,
        26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26,
        30,
    ];

    /// <summary>Bytes that a coded text can have at most: the shortest code has five bits.</summary>
    public static int MaxLength(int codedLength) => codedLength * 8 / 5;

    /// <summary>Decodes a text.</summary>
    /// <param name="coded">Its code, filled up with the first bits of the end of a string, which are ones.</param>
    /// <param name="target">Room for <see cref="MaxLength"/> bytes.</param>
    /// <param name="length">Bytes written.</param>
    /// <returns>False for a code that does not exist, or a wrong filling (RFC 7541 section 5.2).</returns>
    public static bool TryDecode(ReadOnlySpan<byte> coded, Span<byte> target, out int length)
    {
        length = 0;
        uint code = 0;
        int bits = 0;
        foreach (byte b in coded)
        {
            for (int shift = 7; shift >= 0; shift--)
            {
                code = (code << 1) | ((uint)(b >> shift) & 1);
                if (++bits > LongestCode)
                {
                    return false;
                }

                uint place = code - FirstCodes[bits];
                if (place >= (uint)Counts[bits])
                {
                    continue;
                }

                ushort symbol = Symbols[Offsets[bits] + (int)place];
                if (symbol == EndOfString || length == target.Length)
                {
                    return false;
                }

                target[length++] = (byte)symbol;
                (code, bits) = (0, 0);
            }
        }

        return bits < 8 && code == (1u << bits) - 1;
    }
}
