namespace Vittne.Capture.Pcapng;

/// <summary>
/// A section of a capture: what its header says and the interfaces that it has announced so far. A pcap file is one section with one
/// interface.
/// Interfaces are only ever appended.
/// </summary>
public sealed class CaptureSection
{
    private readonly List<CaptureInterface> _interfaces = [];

    /// <summary>Whether numbers of this section are big endian (packet options are handed out as they are).</summary>
    public required bool IsBigEndian { get; init; }

    /// <summary>Major version that the header states: 2 for pcap, 1 for pcapng.</summary>
    public required int MajorVersion { get; init; }

    /// <summary>Minor version that the header states.</summary>
    public required int MinorVersion { get; init; }

    /// <summary>What the header says about the capturing machine (pcapng option shb_hardware), or null.</summary>
    public string? Hardware { get; init; }

    /// <summary>What the header says about the operating system (shb_os), or null.</summary>
    public string? OperatingSystem { get; init; }

    /// <summary>What the header says about the program that wrote it (shb_userappl), or null.</summary>
    public string? Application { get; init; }

    /// <summary>Comments on the section (opt_comment), in their order.</summary>
    public IReadOnlyList<string> Comments { get; init; } = [];

    /// <summary>The interfaces announced so far; the index is <see cref="PacketRef.Interface"/>.</summary>
    public IReadOnlyList<CaptureInterface> Interfaces => _interfaces;

    /// <summary>
    /// All options of the header as the capture has them, in its byte order; empty unless read with
    /// <see cref="CaptureReaderOptions.Verbatim"/>.
    /// </summary>
    public ReadOnlyMemory<byte> RawOptions { get; internal set; }

    /// <summary>Appends an interface.</summary>
    internal void Add(CaptureInterface added) => _interfaces.Add(added);
}
