namespace Vittne.Trails.Patterns;

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

    /// <summary>Something that is valid but cannot be searched for; only its width is known.</summary>
    Opaque,
}
