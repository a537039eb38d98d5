using System.Buffers.Binary;

namespace Vittne.Capture;

/// <summary>Recognition of captures and of the compression around them by their first bytes.</summary>
internal static class CaptureMagic
{
    /// <summary>Bytes that recognition looks at.</summary>
    public const int Length = 12;

    /// <summary>pcap with microseconds.</summary>
    public const uint PcapMicroseconds = 0xA1B2C3D4;

    /// <summary>pcap with nanoseconds.</summary>
    public const uint PcapNanoseconds = 0xA1B23C4D;

    /// <summary>pcap with longer packet headers, written by the patched libpcap of A. Kuznetzov.</summary>
    public const uint PcapModified = 0xA1B2CD34;

    /// <summary>Type of a pcapng Section Header Block; reads the same in both byte orders.</summary>
    public const uint SectionHeader = 0x0A0D0D0A;

    /// <summary>Byte-order magic of a Section Header Block.</summary>
    public const uint ByteOrder = 0x1A2B3C4D;

    private static ReadOnlySpan<byte> XzMagic => [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0];

    /// <summary>
    /// Says what the bytes are the start of. Fewer than <see cref="Length"/> bytes are enough where the magic is shorter.
    /// </summary>
    public static CaptureFormat Recognize(ReadOnlySpan<byte> start)
    {
        if (start.Length >= 2 && start[0] == 0x1F && start[1] == 0x8B)
        {
            return CaptureFormat.Gzip;
        }

        if (start.Length < 4)
        {
            return CaptureFormat.Unknown;
        }

        uint magic = BinaryPrimitives.ReadUInt32LittleEndian(start);
        switch (magic)
        {
            case PcapMicroseconds or PcapNanoseconds or PcapModified:
                return CaptureFormat.Pcap;
            case SectionHeader:
                return start.Length >= 12
                    && (BinaryPrimitives.ReadUInt32LittleEndian(start[8..]) == ByteOrder
                        || BinaryPrimitives.ReadUInt32BigEndian(start[8..]) == ByteOrder)
                    ? CaptureFormat.Pcapng
                    : CaptureFormat.Unknown;
            case 0xFD2FB528:
            case >= 0x184D2A50 and <= 0x184D2A5F:
                return CaptureFormat.Zstd;
            case 0x184D2204 or 0x184C2102:
                return CaptureFormat.Lz4;
            default:
                break;
        }

        if (BinaryPrimitives.ReverseEndianness(magic) is PcapMicroseconds or PcapNanoseconds or PcapModified)
        {
            return CaptureFormat.Pcap;
        }

        return start.StartsWith(XzMagic) ? CaptureFormat.Xz : CaptureFormat.Unknown;
    }
}
