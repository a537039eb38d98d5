namespace Vittne.Cli.Rendering;

/// <summary>How <see cref="GrepText"/> writes payloads.</summary>
internal enum GrepForm
{
    /// <summary>Lines of a fixed width.</summary>
    Normal,

    /// <summary>Line feeds of the payload end lines.</summary>
    ByLine,

    /// <summary>One line.</summary>
    None,

    /// <summary>Header and payload on one line.</summary>
    Single,

    /// <summary>Sixteen bytes a line, as hexadecimal numbers and as text.</summary>
    Hex,
}
