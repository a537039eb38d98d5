namespace Vittne.Protocols;

/// <summary>Answer of a protocol that is asked whether bytes are its own.</summary>
public enum Recognition : byte
{
    /// <summary>They are not.</summary>
    No,

    /// <summary>They may be: more bytes are needed to tell.</summary>
    NeedMore,

    /// <summary>They are.</summary>
    Yes,
}
