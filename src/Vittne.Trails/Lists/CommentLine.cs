namespace Vittne.Trails.Lists;

/// <summary>Comments with a meaning. Thousands of hands wrote them: misspelt, without colon, doubled.</summary>
internal static class CommentLine
{
    /// <summary>The URL or text of <c># Reference: …</c>.</summary>
    public static bool TryReference(ReadOnlySpan<byte> comment, out ReadOnlySpan<byte> reference)
    {
        reference = default;
        ReadOnlySpan<byte> rest = Inner(comment);
        bool isReference = false;
        while (TryWord(rest, "ref"u8, 7, 12, out ReadOnlySpan<byte> after, out bool hasColon) && (hasColon || after.IndexOf("://"u8) >= 0))
        {
            isReference = true;
            rest = Inner(after);
        }

        int blank = rest.IndexOfAny((byte)' ', (byte)'\t');
        reference = rest.IndexOf("://"u8) >= 0 && blank > 0 ? rest[..blank] : rest;
        return isReference && !reference.IsEmpty;
    }

    /// <summary>The names of <c># Aliases: …</c>.</summary>
    public static bool TryAliases(ReadOnlySpan<byte> comment, out ReadOnlySpan<byte> aliases)
    {
        bool isAliases = TryWord(Inner(comment), "alias"u8, 5, 7, out aliases, out bool hasColon) && hasColon;
        return isAliases && !aliases.IsEmpty;
    }

    private static ReadOnlySpan<byte> Inner(ReadOnlySpan<byte> comment) => AsciiText.Trim(comment.TrimStart("# \t:"u8));

    private static bool TryWord(ReadOnlySpan<byte> text, ReadOnlySpan<byte> start, int shortest, int longest, out ReadOnlySpan<byte> rest, out bool hasColon)
    {
        int end = 0;
        while (end < text.Length && (text[end] | 0x20) is >= 'a' and <= 'z')
        {
            end++;
        }

        rest = AsciiText.Trim(text[end..]);
        hasColon = rest.StartsWith(":"u8);
        rest = AsciiText.Trim(rest.TrimStart((byte)':'));
        return end >= shortest && end <= longest && AsciiText.StartsWith(text, start);
    }
}
