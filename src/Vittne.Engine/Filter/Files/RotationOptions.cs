namespace Vittne.Engine.Filter.Files;

/// <summary>A series of files as tcpdump writes it.</summary>
public sealed record RotationOptions
{
    /// <summary>The name of the first file, or with <see cref="Seconds"/> a pattern of strftime.</summary>
    public required string Path { get; init; }

    /// <summary>Bytes after which the next file is begun; 0 for any number (<c>-C</c>).</summary>
    public long MaxBytes { get; init; }

    /// <summary>Seconds after which the next file is begun; 0 for never (<c>-G</c>).</summary>
    public long Seconds { get; init; }

    /// <summary>Files in the ring, or with <see cref="Seconds"/> the files after which to stop; 0 for any number (<c>-W</c>).</summary>
    public int Files { get; init; }

    /// <summary>Whether the machine's clock counts, not the packets' time.</summary>
    public bool IsByClock { get; init; }
}
