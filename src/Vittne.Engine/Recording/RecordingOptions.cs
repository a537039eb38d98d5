using Vittne.Capture.Filters;
using Vittne.Capture.Writing;
using Vittne.Engine.Filter.Files;

namespace Vittne.Engine.Recording;

/// <summary>How packets of an interface are recorded.</summary>
public sealed record RecordingOptions
{
    /// <summary>The file to write, <c>-</c> for standard output.</summary>
    public required string Path { get; init; }

    /// <summary>Whether pcapng is written; else pcap.</summary>
    public bool IsPcapng { get; init; }

    /// <summary>Whether a pcap file has nanoseconds; else microseconds.</summary>
    public bool IsNanosecond { get; init; } = true;

    /// <summary>Bytes of a packet at most, which the header of a pcap file tells.</summary>
    public int SnapLength { get; init; }

    /// <summary>What packets have to match; null for all. The kernel may have let more pass.</summary>
    public PacketFilter? Filter { get; init; }

    /// <summary>Packets after which the recording ends.</summary>
    public long MaxPackets { get; init; } = long.MaxValue;

    /// <summary>Bytes after which the recording ends, over all files.</summary>
    public long MaxBytes { get; init; } = long.MaxValue;

    /// <summary>Bytes that are to stay free where the file is; the recording ends before there are fewer. 0 looks at nothing.</summary>
    public long MinFreeBytes { get; init; }

    /// <summary>Whether each batch of packets is handed on at once, so that whoever reads the file has it.</summary>
    public bool FlushesEach { get; init; }

    /// <summary>A series of files in place of one; null for one.</summary>
    public IFileSplit? Split { get; init; }

    /// <summary>Called with each file of a series that is complete.</summary>
    public Action<CaptureWriter>? Closed { get; init; }

    /// <summary>Called when packets were written and when none came for a while, with the packets so far.</summary>
    public Action<long>? Turn { get; init; }
}
