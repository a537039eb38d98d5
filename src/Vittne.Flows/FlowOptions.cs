namespace Vittne.Flows;

/// <summary>Bounds and time-outs of flow tracking. Times are capture time in nanoseconds.</summary>
public sealed record FlowOptions
{
    private const long Second = 1_000_000_000;

    /// <summary>Flows kept at once, over all workers; beyond it those that would time out next are ended early and counted.</summary>
    public int MaxFlows { get; init; } = 1_000_000;

    /// <summary>TCP handshake without answer.</summary>
    public long HandshakeTimeoutNs { get; init; } = 60 * Second;

    /// <summary>Established TCP without packets.</summary>
    public long EstablishedTimeoutNs { get; init; } = 3600 * Second;

    /// <summary>Closed or reset TCP: stragglers still belong to it for so long.</summary>
    public long LingerNs { get; init; } = 30 * Second;

    /// <summary>UDP and others seen in one direction only.</summary>
    public long OneWayTimeoutNs { get; init; } = 60 * Second;

    /// <summary>UDP seen in both directions.</summary>
    public long TwoWayTimeoutNs { get; init; } = 180 * Second;

    /// <summary>A sequence number that jumps further than this with payload starts a new flow, bytes.</summary>
    public int MaxSeek { get; init; } = 16 << 20;

    /// <summary>Bytes that wait behind a gap in one direction of a stream before the gap is declared.</summary>
    public int ReorderBytes { get; init; } = 1 << 20;

    /// <summary>Bytes that wait behind gaps in all streams of all workers.</summary>
    public long ReorderBytesTotal { get; init; } = 64 << 20;

    /// <summary>
    /// True when an urgent byte stays in the stream, as with SO_OOBINLINE. False takes it out, as sockets do by default on all systems: a byte that
    /// only a sensor reads is an old way to hide a word.
    /// </summary>
    public bool KeepsUrgentBytes { get; init; }

    /// <summary>Which copy of a byte counts when segments overlap.</summary>
    public Reassembly.OverlapPolicy Overlap { get; init; } = Reassembly.OverlapPolicy.First;
}
