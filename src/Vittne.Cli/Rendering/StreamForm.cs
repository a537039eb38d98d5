namespace Vittne.Cli.Rendering;

/// <summary>How the bytes of streams are shown.</summary>
internal enum StreamForm
{
    /// <summary>As text; what cannot be printed is a dot.</summary>
    Text,

    /// <summary>As they are.</summary>
    Raw,

    /// <summary>As hexadecimal numbers with text beside them.</summary>
    Hex,

    /// <summary>As an object of JSON for each packet.</summary>
    Json,
}
