namespace Vittne.Trails.Imports;

/// <summary>Comparison operators that can become trails (STIX 2.1 section 9.6).</summary>
internal enum StixOperator : byte
{
    /// <summary>Any that cannot: <c>!=</c>, <c>&lt;</c>, <c>ISSUPERSET</c>, <c>EXISTS</c>, <c>NOT</c> …</summary>
    Other,

    /// <summary><c>=</c>, and each value of <c>IN</c>.</summary>
    Equal,

    /// <summary><c>LIKE</c>: <c>%</c> any text, <c>_</c> one character.</summary>
    Like,

    /// <summary><c>MATCHES</c>: a regular expression.</summary>
    Matches,

    /// <summary><c>ISSUBSET</c>: a network.</summary>
    IsSubset,
}
