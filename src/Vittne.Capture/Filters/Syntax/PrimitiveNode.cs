namespace Vittne.Capture.Filters.Syntax;

/// <summary>All other words: <c>vlan 5</c>, <c>less 60</c>, <c>ip broadcast</c>, <c>type mgt subtype beacon</c>, <c>vci &gt; 31</c>.</summary>
internal sealed class PrimitiveNode(int column, string word) : SyntaxNode(column)
{
    /// <summary>The word, in its main spelling.</summary>
    public string Word => word;

    /// <summary>Protocol in front of it.</summary>
    public ProtocolWord Protocol { get; init; }

    /// <summary>What follows it: numbers and names.</summary>
    public IReadOnlyList<FilterToken> Values { get; init; } = [];

    /// <summary>Relation or operator between the word and its value; null where none is written.</summary>
    public string? Relation { get; init; }

    /// <summary>The only value's number; null when there is no value.</summary>
    public uint? Number => Values.Count > 0 ? Values[0].Number : null;
}
