namespace Vittne.Protocols.Patterns;

/// <summary>Switches that change what the characters of a pattern mean.</summary>
[Flags]
internal enum PatternOptions : byte
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary><c>(?i)</c>: ASCII letters match both cases.</summary>
    IgnoreCase = 1,

    /// <summary><c>(?m)</c>: <c>^</c> and <c>$</c> match at lines.</summary>
    MultiLine = 2,

    /// <summary><c>(?s)</c>: the dot matches a line feed.</summary>
    DotAll = 4,

    /// <summary><c>(?U)</c> of Perl-compatible patterns: repeats prefer fewer unless a question mark follows them.</summary>
    Ungreedy = 8,

    /// <summary><c>(?x)</c>: blanks and comments between parts mean nothing.</summary>
    Extended = 16,

    /// <summary><c>(?n)</c>: parentheses without a name take no number.</summary>
    NoAutoCapture = 32,
}
