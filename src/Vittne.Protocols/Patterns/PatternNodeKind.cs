namespace Vittne.Protocols.Patterns;

/// <summary>What a node of a parsed pattern stands for.</summary>
internal enum PatternNodeKind : byte
{
    /// <summary>The empty text.</summary>
    Empty,

    /// <summary>One byte out of a set.</summary>
    Set,

    /// <summary>Its parts one after the other.</summary>
    Sequence,

    /// <summary>One of its parts, the earlier preferred.</summary>
    Alternation,

    /// <summary>Its only part several times.</summary>
    Repeat,

    /// <summary>A condition on the position.</summary>
    Assertion,

    /// <summary>Its only part, which back-references may name.</summary>
    Capture,

    /// <summary>The text that a capture has taken, once more; no automaton can do that.</summary>
    BackReference,

    /// <summary>A condition on what stands before or after the position; no automaton of this kind can do that.</summary>
    Look,

    /// <summary>Its only part, in the way that was found first; no automaton of this kind can do that.</summary>
    Atomic,

    /// <summary>Something that is valid but cannot be searched for; only its width is known.</summary>
    Opaque,
}
