namespace Vittne.Protocols.Patterns;

/// <summary>A condition on the position between two bytes.</summary>
internal enum PatternAssertion : byte
{
    /// <summary><c>\A</c>, and <c>^</c> outside multi-line mode.</summary>
    TextStart,

    /// <summary><c>\Z</c>.</summary>
    TextEnd,

    /// <summary><c>$</c> outside multi-line mode: the end, or before a line feed that is the last byte.</summary>
    TextEndOrFinalNewline,

    /// <summary><c>^</c> in multi-line mode.</summary>
    LineStart,

    /// <summary><c>$</c> in multi-line mode.</summary>
    LineEnd,

    /// <summary><c>\b</c>.</summary>
    WordBoundary,

    /// <summary><c>\B</c> of Python, which never holds in an empty text.</summary>
    NotWordBoundary,

    /// <summary><c>\B</c> of Perl.</summary>
    PerlNotWordBoundary,
}
