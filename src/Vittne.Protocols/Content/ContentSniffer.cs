using System.Buffers;
using System.Text.Unicode;

namespace Vittne.Protocols.Content;

/// <summary>Tells the media type of content by its first bytes, whatever a header or a name says of it.</summary>
public static class ContentSniffer
{
    /// <summary>How many bytes of content are worth keeping for a verdict.</summary>
    public const int SniffedLength = 512;

    private static readonly SearchValues<byte> BinaryBytes = SearchValues.Create(
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 0x0B, 0x0E, 0x0F, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1A, 0x1C, 0x1D, 0x1E, 0x1F, 0x7F,
    ]);

    private static ReadOnlySpan<byte> Blanks => " \t\r\n\f"u8;

    private static ReadOnlySpan<byte> Utf8Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>The media type.</summary>
    /// <param name="beginning">The first bytes of the content, decoded; at most <see cref="SniffedLength"/> of them are looked at.</param>
    /// <returns>The type in lower case, or null when the bytes are of no type that is known.</returns>
    public static string? MediaType(ReadOnlySpan<byte> beginning)
    {
        beginning = beginning[..Math.Min(beginning.Length, SniffedLength)];
        if (beginning.IsEmpty)
        {
            return null;
        }

        bool isText = IsText(beginning);
        foreach (ContentMagic magic in ContentMagic.All)
        {
            if (magic.Matches(beginning, isText))
            {
                return magic.MediaType;
            }
        }

        return isText ? TextType(beginning) : null;
    }

    private static bool IsText(ReadOnlySpan<byte> beginning)
    {
        if (beginning.IndexOfAny(BinaryBytes) >= 0)
        {
            return false;
        }

        // The cut may have gone through a character.
        ReadOnlySpan<byte> whole = beginning;
        for (int i = 0; i < 3 && beginning.Length == SniffedLength && !Utf8.IsValid(whole); i++)
        {
            whole = whole[..^1];
        }

        return Utf8.IsValid(whole) || IsLatin1(beginning);
    }

    // Windows-1252 and Latin-1 pages: mostly ASCII with a letter beyond it here and there.
    private static bool IsLatin1(ReadOnlySpan<byte> beginning)
    {
        int beyond = 0;
        foreach (byte b in beginning)
        {
            beyond += b >> 7;
        }

        return beyond * 4 <= beginning.Length;
    }

    private static string TextType(ReadOnlySpan<byte> beginning)
    {
        ReadOnlySpan<byte> text = beginning.StartsWith(Utf8Mark) ? beginning[3..] : beginning;
        text = text.TrimStart(Blanks);
        foreach (ContentMagic magic in ContentMagic.Texts)
        {
            if (magic.MatchesIgnoringCase(text))
            {
                return magic.MediaType;
            }
        }

        return IsJson(text) ? "application/json" : "text/plain";
    }

    private static bool IsJson(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text[0] is not ((byte)'{' or (byte)'['))
        {
            return false;
        }

        byte next = text[1..].TrimStart(Blanks) is { IsEmpty: false } rest ? rest[0] : (byte)0;
        return text[0] == (byte)'{'
            ? next is (byte)'"' or (byte)'}'
            : next is (byte)'"' or (byte)'{' or (byte)'[' or (byte)']' or (byte)'-' or (byte)'t' or (byte)'f' or (byte)'n' or (>= (byte)'0' and <= (byte)'9');
    }
}
