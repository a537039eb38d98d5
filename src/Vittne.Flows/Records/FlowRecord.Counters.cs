namespace Vittne.Flows.Records;

/// <content>Counters of each side, and what follows from them.</content>
public sealed partial class FlowRecord
{
    /// <summary>Packets of the originator.</summary>
    public long SourcePackets { get; set; } = Unknown;

    /// <summary>Packets of the responder.</summary>
    public long DestinationPackets { get; set; } = Unknown;

    /// <summary>Link-layer bytes of the originator as on the wire.</summary>
    public long SourceBytes { get; set; } = Unknown;

    /// <summary>Link-layer bytes of the responder as on the wire.</summary>
    public long DestinationBytes { get; set; } = Unknown;

    /// <summary>Bytes of the originator by IP total length.</summary>
    public long SourceIpBytes { get; set; } = Unknown;

    /// <summary>Bytes of the responder by IP total length.</summary>
    public long DestinationIpBytes { get; set; } = Unknown;

    /// <summary>Transport payload bytes of the originator, retransmissions included.</summary>
    public long SourceAppBytes { get; set; } = Unknown;

    /// <summary>Transport payload bytes of the responder, retransmissions included.</summary>
    public long DestinationAppBytes { get; set; } = Unknown;

    /// <summary>TCP payload bytes of the originator by sequence numbers, each once.</summary>
    public long SourceSequenceBytes { get; set; } = Unknown;

    /// <summary>TCP payload bytes of the responder by sequence numbers, each once.</summary>
    public long DestinationSequenceBytes { get; set; } = Unknown;

    /// <summary>All TCP flags of the originator, the low byte as on the wire; -1 unknown.</summary>
    public short SourceFlags { get; set; } = -1;

    /// <summary>All TCP flags of the responder; -1 unknown.</summary>
    public short DestinationFlags { get; set; } = -1;

    /// <summary>TTL or hop limit of the originator's first packet; -1 unknown.</summary>
    public short SourceTtl { get; set; } = -1;

    /// <summary>TTL or hop limit of the responder's first packet; -1 unknown.</summary>
    public short DestinationTtl { get; set; } = -1;

    /// <summary>TOS or traffic class of the originator's first packet; -1 unknown.</summary>
    public short SourceTos { get; set; } = -1;

    /// <summary>TOS or traffic class of the responder's first packet; -1 unknown.</summary>
    public short DestinationTos { get; set; } = -1;

    /// <summary>Hardware address of the originator's first frame, 48 bits as a big-endian number; -1 unknown.</summary>
    public long SourceMac { get; set; } = Unknown;

    /// <summary>Hardware address of the responder's first frame, or the first one sent to; -1 unknown.</summary>
    public long DestinationMac { get; set; } = Unknown;

    /// <summary>Packets of both sides.</summary>
    public long Packets => Sum(SourcePackets, DestinationPackets);

    /// <summary>Link-layer bytes of both sides.</summary>
    public long Bytes => Sum(SourceBytes, DestinationBytes);

    /// <summary>Bytes of both sides by IP total length.</summary>
    public long IpBytes => Sum(SourceIpBytes, DestinationIpBytes);

    /// <summary>Transport payload bytes of both sides.</summary>
    public long AppBytes => Sum(SourceAppBytes, DestinationAppBytes);

    /// <summary>Last less first packet, nanoseconds; never below 0.</summary>
    public long DurationNs => FirstNs < 0 || LastNs < 0 ? Unknown : Math.Max(LastNs - FirstNs, 0);

    /// <summary>Producer-consumer ratio: from -1 (the originator only receives) to 1 (it only sends); NaN without payload.</summary>
    public double ProducerConsumerRatio => SourceAppBytes < 0 || DestinationAppBytes < 0 || AppBytes == 0
        ? double.NaN
        : (double)(SourceAppBytes - DestinationAppBytes) / AppBytes;

    /// <summary>Packets a second as argus counts: all but the first over the duration; 0 for a single packet; NaN unknown.</summary>
    public double RateOf(long packets) => packets < 0 || DurationNs < 0 ? double.NaN : packets <= 1 || DurationNs == 0 ? 0 : (packets - 1) / Seconds(DurationNs);

    /// <summary>Bits a second as argus counts: the bytes of all packets but one of mean size over the duration; NaN unknown.</summary>
    public double LoadOf(long packets, long bytes) => packets < 0 || bytes < 0 || DurationNs < 0
        ? double.NaN
        : packets <= 1 || DurationNs == 0 ? 0 : 8.0 * bytes * (packets - 1) / packets / Seconds(DurationNs);

    /// <summary>A sum in which an unknown part counts nothing; unknown when both are.</summary>
    public static long Sum(long a, long b) => a < 0 ? b : b < 0 ? a : a > long.MaxValue - b ? long.MaxValue : a + b;

    private static double Seconds(long nanoseconds) => nanoseconds / 1e9;
}
