namespace Vittne.Engine.Info.Deep;

/// <summary>How far an answer can be relied on.</summary>
public enum Confidence : byte
{
    /// <summary>There is no evidence either way: the answer is <c>unknown</c>.</summary>
    None,

    /// <summary>One weak sign.</summary>
    Low,

    /// <summary>One strong sign, or several weak ones.</summary>
    Medium,

    /// <summary>Several signs, or a count that leaves no other reading.</summary>
    High,
}
