namespace Vittne.Flows.Query;

/// <summary>Parts of a condition.</summary>
internal enum FlowQueryTokenKind
{
    /// <summary>Nothing is left.</summary>
    End,

    /// <summary>A name, a number, an address: anything without spaces, brackets, commas and signs.</summary>
    Word,

    /// <summary>Text between quotation marks.</summary>
    Quoted,

    /// <summary><c>= == != &lt; &lt;= &gt; &gt;= ~ !~</c>.</summary>
    Operator,

    /// <summary><c>! &amp;&amp; ||</c>, which stand for words.</summary>
    Connective,

    /// <summary><c>(</c>.</summary>
    Open,

    /// <summary><c>)</c>.</summary>
    Close,

    /// <summary><c>,</c>.</summary>
    Comma,
}
