namespace Vittne.Trails.Lists;

/// <summary>The <c>kind:</c> in front of an indicator, which forces what it is.</summary>
/// <param name="Form">What must follow.</param>
/// <param name="Kind">What it then is.</param>
/// <param name="HexLength">Hex digits that a digest must have; 0 for 32, 40 or 64.</param>
/// <param name="PrefixLength">Length of the prefix with its colon.</param>
internal readonly record struct TypedIndicator(TypedForm Form, TrailKind Kind, int HexLength, int PrefixLength)
{
    /// <summary>Length of a JA4 text: ten characters and two times twelve hex digits, joined by <c>_</c>.</summary>
    public const int Ja4Length = 36;

    private const int LongestPrefix = 7;

    /// <summary>True when the text begins with a known prefix.</summary>
    public static bool TrySplit(ReadOnlySpan<byte> text, out TypedIndicator typed)
    {
        typed = default;
        int colon = text[..Math.Min(text.Length, LongestPrefix + 1)].IndexOf((byte)':');
        if (colon < 2 || text[colon..].StartsWith("://"u8))
        {
            return false;
        }

        Span<byte> prefix = stackalloc byte[LongestPrefix + 1];
        System.Text.Ascii.ToLower(text[..colon], prefix, out int length);
        ReadOnlySpan<byte> word = prefix[..length];
        int used = colon + 1;
        if (word.SequenceEqual("ip"u8))
        {
            typed = new TypedIndicator(TypedForm.Address, TrailKind.Address, 0, used);
        }
        else if (word.SequenceEqual("domain"u8))
        {
            typed = new TypedIndicator(TypedForm.Domain, TrailKind.Domain, 0, used);
        }
        else if (word.SequenceEqual("url"u8))
        {
            typed = new TypedIndicator(TypedForm.Url, TrailKind.Url, 0, used);
        }
        else if (word.SequenceEqual("regex"u8))
        {
            typed = new TypedIndicator(TypedForm.Pattern, TrailKind.DomainPattern, 0, used);
        }
        else if (word.SequenceEqual("ua"u8))
        {
            typed = new TypedIndicator(TypedForm.Pattern, TrailKind.UserAgent, 0, used);
        }
        else if (word.SequenceEqual("ja4"u8))
        {
            typed = new TypedIndicator(TypedForm.Ja4, TrailKind.Ja4, 0, used);
        }
        else
        {
            return TryHash(word, used, out typed);
        }

        return true;
    }

    /// <summary>True for the shape <c>t13d1516h2_8daaf6152771_b186095e22b6</c>.</summary>
    public static bool IsJa4(ReadOnlySpan<byte> text) =>
        text.Length == Ja4Length && text[10] == '_' && text[23] == '_' && text[0] is (byte)'t' or (byte)'q' or (byte)'d'
        && AsciiText.IsHex(text[11..23]) && AsciiText.IsHex(text[24..]);

    private static bool TryHash(ReadOnlySpan<byte> word, int used, out TypedIndicator typed)
    {
        (TrailKind kind, int length) = word.SequenceEqual("cert"u8) ? (TrailKind.Certificate, 0)
            : word.SequenceEqual("file"u8) ? (TrailKind.FileHash, 0)
            : word.SequenceEqual("sha256"u8) ? (TrailKind.FileHash, 64)
            : word.SequenceEqual("sha1"u8) ? (TrailKind.FileHash, 40)
            : word.SequenceEqual("md5"u8) ? (TrailKind.FileHash, 32)
            : word.SequenceEqual("ja3"u8) ? (TrailKind.Ja3, 32)
            : word.SequenceEqual("ja3s"u8) ? (TrailKind.Ja3s, 32)
            : word.SequenceEqual("hassh"u8) ? (TrailKind.Hassh, 32)
            : (default(TrailKind), 0);
        typed = new TypedIndicator(TypedForm.Hash, kind, length, used);
        return kind != default;
    }
}
