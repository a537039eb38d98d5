namespace Vittne.Engine.Filter;

/// <summary>Which packets of which captures go where.</summary>
public sealed record FilterOptions
{
    /// <summary>Capture files in order; <c>-</c> is standard input.</summary>
    public required IReadOnlyList<string> Captures { get; init; }

    /// <summary>The file to write, <c>-</c> for standard output; null to count only.</summary>
    public string? OutputPath { get; init; }

    /// <summary>Whether pcapng is written; else pcap.</summary>
    public bool IsPcapng { get; init; }

    /// <summary>Unit of time of a pcap file: true for nanoseconds, false for microseconds, null for that of the finest input.</summary>
    public bool? IsNanosecond { get; init; }

    /// <summary>Packets after which to stop.</summary>
    public long MaxPackets { get; init; } = long.MaxValue;

    /// <summary>Packets before this time are left out; nanoseconds since the epoch.</summary>
    public long FromNs { get; init; } = long.MinValue;

    /// <summary>Packets at this time and later ones are left out; nanoseconds since the epoch.</summary>
    public long ToNs { get; init; } = long.MaxValue;

    /// <summary>Numbers of the packets that are taken, over all inputs; null for all.</summary>
    public NumberRanges? Numbers { get; init; }

    /// <summary>Whether to keep what would be left out, and leave out the rest.</summary>
    public bool IsInverted { get; init; }

    /// <summary>Bytes that are kept of each packet; null for all.</summary>
    public int? SnapLength { get; init; }

    /// <summary>Called about ten times a second with the capture that is read, its bytes read and in all; null when nobody looks.</summary>
    public Action<string, long, long?>? Progress { get; init; }
}
