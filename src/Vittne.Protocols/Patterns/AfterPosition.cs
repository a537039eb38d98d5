namespace Vittne.Protocols.Patterns;

/// <summary>What lies after a position, as far as an assertion can tell.</summary>
internal enum AfterPosition : byte
{
    /// <summary>Nothing: the text ends here.</summary>
    End,

    /// <summary>A line feed that is the last byte of the text.</summary>
    FinalNewline,

    /// <summary>Any other line feed.</summary>
    Newline,

    /// <summary>A byte of <c>\w</c>.</summary>
    Word,

    /// <summary>Any other byte.</summary>
    Other,
}
