namespace Vittne.Trails.Patterns;

/// <summary>Switches that change what the characters of a pattern mean.</summary>
[Flags]
internal enum PatternOptions : byte
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary><c>(?i)</c>: ASCII letters match both cases.</summary>
    IgnoreCase = 1,

    /// <summary><c>(?m)</c>: <c>^</c> and <c>$</c> match at lines.</summary>
    MultiLine = 2,

    /// <summary><c>(?s)</c>: the dot matches a line feed.</summary>
    DotAll = 4,
}
