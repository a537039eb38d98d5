using System.Buffers;

namespace Vittne.Trails.Lists;

/// <summary>Small questions about text in bytes.</summary>
internal static class AsciiText
{
    private static readonly SearchValues<byte> NameBytes = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-"u8);

    private static readonly SearchValues<byte> HexBytes = SearchValues.Create("0123456789abcdef"u8);

    private static readonly SearchValues<byte> DecimalBytes = SearchValues.Create("0123456789"u8);

    private static readonly SearchValues<byte> DottedBytes = SearchValues.Create("0123456789."u8);

    /// <summary>True when the text has only characters of lower-case host names.</summary>
    public static bool IsName(ReadOnlySpan<byte> text) => !text.ContainsAnyExcept(NameBytes);

    /// <summary>True when the text is lower-case hex.</summary>
    public static bool IsHex(ReadOnlySpan<byte> text) => !text.ContainsAnyExcept(HexBytes);

    /// <summary>True when the text is not empty and has digits only.</summary>
    public static bool IsDecimal(ReadOnlySpan<byte> text) => !text.IsEmpty && !text.ContainsAnyExcept(DecimalBytes);

    /// <summary>True when the text is made of digits and dots.</summary>
    public static bool IsDotted(ReadOnlySpan<byte> text) => !text.IsEmpty && !text.ContainsAnyExcept(DottedBytes);

    /// <summary>The text without blanks, tabs and line ends around it.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        int start = 0;
        int end = text.Length;
        while (start < end && IsBlank(text[start]))
        {
            start++;
        }

        while (end > start && IsBlank(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    /// <summary>True for blank, tab, line ends, form feed and vertical tab.</summary>
    public static bool IsBlank(byte value) => value is (byte)' ' or (>= 9 and <= 13);

    /// <summary>True when the text begins with the given lower-case ASCII word, whatever its letter case.</summary>
    public static bool StartsWith(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) =>
        text.Length >= word.Length && System.Text.Ascii.EqualsIgnoreCase(text[..word.Length], word);
}
