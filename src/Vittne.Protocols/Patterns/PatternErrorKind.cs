namespace Vittne.Protocols.Patterns;

/// <summary>Why a pattern is not searched for.</summary>
public enum PatternErrorKind
{
    /// <summary>It is no regular expression.</summary>
    Malformed,

    /// <summary>
    /// It is one, but asks for what the automaton does not do: look-around, back-references, conditionals, atomic or possessive parts,
    /// verbose mode, characters beyond ASCII in a class.
    /// </summary>
    Unsupported,

    /// <summary>Written out as automaton it does not fit into what is left of the bound on all patterns together.</summary>
    TooLarge,
}
