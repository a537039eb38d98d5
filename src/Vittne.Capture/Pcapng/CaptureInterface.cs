namespace Vittne.Capture.Pcapng;

/// <summary>
/// An interface that packets were recorded on, as the capture describes it (pcapng section 4.2; for pcap the file header).
/// </summary>
public sealed class CaptureInterface
{
    /// <summary>LINKTYPE_ value of its packets.</summary>
    public required ushort LinkType { get; init; }

    /// <summary>Bytes of a packet that were to be recorded at most; 0 means no limit. Packets may break it.</summary>
    public required uint SnapLength { get; init; }

    /// <summary>Units of its clock: bit 7 clear, 10^-n s; set, 2^-n s (if_tsresol). 6 is a microsecond, 9 a nanosecond.</summary>
    public required byte TimestampResolution { get; init; }

    /// <summary>Seconds that are added to each of its timestamps (if_tsoffset).</summary>
    public long TimestampOffsetSeconds { get; init; }

    /// <summary>Bytes of frame check sequence at the end of its packets, 0 for none. They are cut off.</summary>
    public int FcsLength { get; init; }

    /// <summary>Name such as <c>eth0</c> (if_name), or null.</summary>
    public string? Name { get; init; }

    /// <summary>Description (if_description), or null.</summary>
    public string? Description { get; init; }

    /// <summary>Operating system of the machine of the interface (if_os), or null.</summary>
    public string? OperatingSystem { get; init; }

    /// <summary>Filter that was set when the capture was made (if_filter with a leading 0 byte: text), or null.</summary>
    public string? Filter { get; init; }

    /// <summary>Comments on the interface, in their order.</summary>
    public IReadOnlyList<string> Comments { get; init; } = [];

    /// <summary>
    /// All options as the capture has them, in the byte order of the section; empty unless read with
    /// <see cref="CaptureReaderOptions.Verbatim"/>.
    /// </summary>
    public ReadOnlyMemory<byte> RawOptions { get; internal set; }

    /// <summary>Counters of the newest Interface Statistics Block about it, or null while there was none.</summary>
    public InterfaceStatistics? Statistics { get; internal set; }
}
