using Vittne.Capture;
using Vittne.Capture.Pcapng;
using Vittne.Engine.Info.Deep;

namespace Vittne.Engine.Info;

/// <summary>What the headers of a capture tell.</summary>
public sealed class CaptureInfo
{
    private const double NsPerSecond = 1e9;

    /// <summary>The capture as the user named it.</summary>
    public required string File { get; init; }

    /// <summary><c>pcap</c>, <c>pcap-ns</c>, <c>pcap-modified</c> or <c>pcapng</c>.</summary>
    public required string Format { get; init; }

    /// <summary><c>pcap</c> or <c>pcapng</c>.</summary>
    public string FileType => Format == "pcapng" ? Format : "pcap";

    /// <summary>Compression around it, or null.</summary>
    public required string? Compression { get; init; }

    /// <summary>The first section, or null when the file ends in it.</summary>
    public required CaptureSection? Section { get; init; }

    /// <summary>Sections in all.</summary>
    public required long Sections { get; init; }

    /// <summary>The interfaces of all sections.</summary>
    public required IReadOnlyList<InterfaceInfo> Interfaces { get; init; }

    /// <summary>LINKTYPE_ values of the interfaces, ascending.</summary>
    public required IReadOnlyList<ushort> LinkTypes { get; init; }

    /// <summary><c>microseconds</c>, <c>nanoseconds</c> or <c>1/N s</c>; null when interfaces differ or there is none.</summary>
    public required string? TimePrecision { get; init; }

    /// <summary>Snap length that all interfaces have; null when they differ or have no limit.</summary>
    public required uint? SnapLength { get; init; }

    /// <summary>Smallest captured length of the packets that were cut; null when none was.</summary>
    public required long? SnapLengthInferredMin { get; init; }

    /// <summary>Largest captured length of the packets that were cut; null when none was.</summary>
    public required long? SnapLengthInferredMax { get; init; }

    /// <summary>Packets of which fewer bytes were captured than they had.</summary>
    public required long CutPackets { get; init; }

    /// <summary>Packets that could be read.</summary>
    public required long Packets { get; init; }

    /// <summary>Bytes of the file as it is stored.</summary>
    public required long FileBytes { get; init; }

    /// <summary>Bytes that the packets had on the wire.</summary>
    public required long DataBytes { get; init; }

    /// <summary>Bytes of packets in the capture.</summary>
    public required long CapturedBytes { get; init; }

    /// <summary>The earliest time, nanoseconds since 1970; null without packets or when one of them has no time.</summary>
    public required long? FirstNs { get; init; }

    /// <summary>The latest time.</summary>
    public required long? LastNs { get; init; }

    /// <summary>From the earliest to the latest time.</summary>
    public long? DurationNs => FirstNs is { } first && LastNs is { } last ? (long)Int128.Min((Int128)last - first, long.MaxValue) : null;

    /// <summary>Bytes on the wire in a second; 0 without a duration.</summary>
    public double DataByteRate => PerSecond(DataBytes);

    /// <summary>Bits on the wire in a second; 0 without a duration.</summary>
    public double DataBitRate => PerSecond(DataBytes * 8.0);

    /// <summary>Packets in a second; 0 without a duration.</summary>
    public double AveragePacketRate => PerSecond(Packets);

    /// <summary>Bytes of a packet on the wire; 0 without packets.</summary>
    public double AveragePacketBytes => Packets > 0 ? (double)DataBytes / Packets : 0;

    /// <summary>Whether no packet has a time before that of the packet before it.</summary>
    public bool StrictTimeOrder => Counters.TimeGoesBack == 0;

    /// <summary>Digests of the file as it is stored.</summary>
    public required IReadOnlyList<FileDigest> Digests { get; init; }

    /// <summary>What a look into the packets has found; null when nobody asked.</summary>
    public required DeepReport? Deep { get; init; }

    /// <summary>Counts of oddities.</summary>
    public required CaptureCounters Counters { get; init; }

    /// <summary>The first damage, or null.</summary>
    public required CaptureDamage? Damage { get; init; }

    /// <summary>Damages in all.</summary>
    public required long Damages { get; init; }

    /// <summary>Remarks for people.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    private double PerSecond(double amount) => DurationNs is { } duration and > 0 ? amount / (duration / NsPerSecond) : 0;
}
