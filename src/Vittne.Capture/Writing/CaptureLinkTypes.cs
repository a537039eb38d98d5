using Vittne.Capture.Pcap;
using Vittne.Capture.Pcapng;

namespace Vittne.Capture.Writing;

/// <summary>What link types mean for files that are written.</summary>
public static class CaptureLinkTypes
{
    /// <summary>
    /// The link type that is written for packets of the one given: some files hold libpcap's own number in place of the registered one.
    /// </summary>
    public static ushort Written(ushort linkType) => linkType switch
    {
        11 => 100, // ATM_RFC1483
        12 => 101, // RAW
        15 => 102, // SLIP_BSDOS
        16 => 103, // PPP_BSDOS
        19 => 106, // ATM_CLIP
        _ => linkType,
    };

    /// <summary>Bytes that a packet of an interface may have: as stated, or the limit of its link type where 0 or impossible.</summary>
    public static uint SnapLength(CaptureInterface source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.SnapLength is 0 or > int.MaxValue ? PcapFileHeader.MaxPacketLengthOf(source.LinkType) : source.SnapLength;
    }
}
