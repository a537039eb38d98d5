namespace Vittne.Capture.Filters.Syntax;

/// <summary>Kinds of tokens of the filter language.</summary>
internal enum TokenKind : byte
{
    /// <summary>After the last one.</summary>
    End,

    /// <summary>A word of the language, or an operator.</summary>
    Word,

    /// <summary>A number of 32 bits.</summary>
    Number,

    /// <summary>Two to four numbers with dots between.</summary>
    Address,

    /// <summary>An IPv6 address.</summary>
    Address6,

    /// <summary>An Ethernet address.</summary>
    Mac,

    /// <summary>An ARCNET address.</summary>
    Arcnet,

    /// <summary>A name of a host, service, protocol, type.</summary>
    Name,

    /// <summary>A word for what is found in flows, with its value.</summary>
    FlowTerm,
}
