namespace Vittne.Engine.Filter.Editors;

/// <summary>Which packets count as copies of one before.</summary>
public sealed record DuplicateOptions
{
    /// <summary>Largest window in packets.</summary>
    public const int MaxPackets = 1_000_000;

    /// <summary>Packets that are looked at, the newest included; with a window of time a bound only.</summary>
    public int Packets { get; init; } = 5;

    /// <summary>Longest time between a packet and its copy in nanoseconds; null for a window of packets.</summary>
    public long? WindowNs { get; init; }

    /// <summary>Bytes at the start of packets that are not compared, unless the packet has no more.</summary>
    public int Skip { get; init; }

    /// <summary>Header fields that a switch or router changes and that are not compared.</summary>
    public DuplicateFields Ignored { get; init; }
}
