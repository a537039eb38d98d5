namespace Vittne.Flows.Query;

/// <summary>How a field is compared with a value.</summary>
internal enum FlowComparison
{
    /// <summary><c>=</c></summary>
    Equal,

    /// <summary><c>!=</c></summary>
    NotEqual,

    /// <summary><c>&lt;</c></summary>
    Less,

    /// <summary><c>&lt;=</c></summary>
    AtMost,

    /// <summary><c>&gt;</c></summary>
    Greater,

    /// <summary><c>&gt;=</c></summary>
    AtLeast,

    /// <summary><c>~</c></summary>
    Matching,

    /// <summary><c>!~</c></summary>
    NotMatching,

    /// <summary><c>in</c></summary>
    In,
}
