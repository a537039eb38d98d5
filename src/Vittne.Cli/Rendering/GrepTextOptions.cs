namespace Vittne.Cli.Rendering;

/// <summary>What <see cref="GrepText"/> writes of each packet.</summary>
internal sealed record GrepTextOptions
{
    /// <summary>Form of the payload.</summary>
    public GrepForm Form { get; init; }

    /// <summary>Columns of a line of the normal form.</summary>
    public int Width { get; init; } = 80;

    /// <summary>Stands for bytes that cannot be printed.</summary>
    public byte NotPrintable { get; init; } = (byte)'.';

    /// <summary>Writes the number of the IP protocol.</summary>
    public bool ShowsProtocol { get; init; }

    /// <summary>Writes the local time.</summary>
    public bool ShowsTime { get; init; }

    /// <summary>Writes the time since the packet before it (1) or since the first (2); 0 for neither.</summary>
    public int ShowsDelay { get; init; }

    /// <summary>Bytes around the match that are written instead of the whole payload; negative for all.</summary>
    public int Context { get; init; } = -1;

    /// <summary>Names of the captures, to be written before each header; null for none.</summary>
    public IReadOnlyList<string>? Captures { get; init; }

    /// <summary>Whether matches are marked with colour.</summary>
    public bool IsColoured { get; init; }
}
