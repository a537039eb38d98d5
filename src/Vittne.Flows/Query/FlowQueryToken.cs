namespace Vittne.Flows.Query;

/// <summary>One part of a condition.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text, without quotation marks.</param>
/// <param name="Column">Where it begins, from 1.</param>
internal readonly record struct FlowQueryToken(FlowQueryTokenKind Kind, string Text, int Column)
{
    /// <summary>True for this word, in any case; a quoted one is no word.</summary>
    public bool Is(string word) => Kind is FlowQueryTokenKind.Word or FlowQueryTokenKind.Connective && Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>True where a value can stand.</summary>
    public bool IsValue => Kind is FlowQueryTokenKind.Word or FlowQueryTokenKind.Quoted;
}
