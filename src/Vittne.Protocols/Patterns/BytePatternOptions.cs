namespace Vittne.Protocols.Patterns;

/// <summary>How a <see cref="BytePattern"/> is read. The defaults are those of PCRE2.</summary>
public sealed record BytePatternOptions
{
    /// <summary>ASCII letters match both cases: <c>(?i)</c>.</summary>
    public bool IgnoreCase { get; init; }

    /// <summary>The dot matches a line feed: <c>(?s)</c>.</summary>
    public bool DotAll { get; init; }

    /// <summary>Repeats prefer fewer, and more when a question mark follows them: <c>(?U)</c>.</summary>
    public bool Ungreedy { get; init; }

    /// <summary>Matches the pattern in UTF-16 (little-endian) too: each byte that it takes with a zero byte behind it.</summary>
    public bool IsWideToo { get; init; }

    /// <summary>What the parser calls them.</summary>
    internal PatternOptions Switches =>
        (IgnoreCase ? PatternOptions.IgnoreCase : 0) | (DotAll ? PatternOptions.DotAll : 0) | (Ungreedy ? PatternOptions.Ungreedy : 0);
}
