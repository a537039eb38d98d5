using System.Buffers.Text;

namespace Vittne.Protocols.Imap;

/// <summary>Literals at the end of lines: <c>{12}</c>, <c>{12+}</c> (RFC 7888), <c>~{12}</c> (RFC 3516).</summary>
internal static class ImapLiteral
{
    // "{", 20 digits, "+", "}".
    private const int MaxLength = 24;

    /// <summary>Reads the literal that a line announces.</summary>
    /// <param name="line">The line without its line end.</param>
    /// <param name="length">Bytes that follow the line.</param>
    /// <param name="start">Where the announcement begins in the line.</param>
    public static bool TryRead(ReadOnlySpan<byte> line, out long length, out int start)
    {
        length = 0;
        start = -1;
        if (line.IsEmpty || line[^1] != (byte)'}')
        {
            return false;
        }

        int from = Math.Max(0, line.Length - MaxLength);
        int open = line[from..].LastIndexOf((byte)'{');
        if (open < 0)
        {
            return false;
        }

        start = from + open;
        ReadOnlySpan<byte> digits = line[(start + 1)..^1];
        digits = digits.TrimEnd("+-"u8);
        start -= start > 0 && line[start - 1] == (byte)'~' ? 1 : 0;
        return !digits.IsEmpty && Utf8Parser.TryParse(digits, out length, out int used) && used == digits.Length && length >= 0;
    }
}
