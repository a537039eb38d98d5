namespace Vittne.Protocols.Patterns;

/// <summary>What lies before a position, as far as an assertion can tell.</summary>
internal enum BeforePosition : byte
{
    /// <summary>Nothing: the text begins here.</summary>
    Start,

    /// <summary>A line feed.</summary>
    Newline,

    /// <summary>A byte of <c>\w</c>.</summary>
    Word,

    /// <summary>Any other byte.</summary>
    Other,
}
