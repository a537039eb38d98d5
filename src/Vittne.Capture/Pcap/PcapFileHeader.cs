using System.Buffers.Binary;

namespace Vittne.Capture.Pcap;

/// <summary>The file header of a pcap capture (draft-ietf-opsawg-pcap section 4), and what its variants mean for the records.</summary>
internal sealed class PcapFileHeader
{
    /// <summary>Bytes of the header.</summary>
    public const int Length = 24;

    /// <summary>Bytes of a record header.</summary>
    public const int RecordHeaderLength = 16;

    /// <summary>Bytes of a record header of A. Kuznetzov's variant: interface index u32, protocol u16, packet type u8, padding.</summary>
    public const int ModifiedRecordHeaderLength = 24;

    /// <summary>Major version of DG/UX, which wrote the lengths in the wrong order.</summary>
    private const int MajorVersionOfDgUx = 543;

    /// <summary>Bit of the link type field that says that the FCS length is given.</summary>
    private const uint FcsLengthPresent = 1 << 26;

    /// <summary>Bits of the link type field that have a meaning: link type, F, FCS length.</summary>
    private const uint KnownLinkTypeBits = 0xF400FFFF;

    /// <summary>Bits of the link type field that are written again.</summary>
    private const uint ExtensionBits = 0xFC000000;

    /// <summary>Bits between the link type and those, which libpcap takes for a part of the link type.</summary>
    private const uint ReservedBits = 0x03FF0000;

    /// <summary>Whether the numbers are big endian.</summary>
    public required bool IsBigEndian { get; init; }

    /// <summary>Whether the record headers may have 24 bytes.</summary>
    public required bool IsModified { get; init; }

    /// <summary>Nanoseconds of one unit of the fraction: 1 or 1,000.</summary>
    public required int FractionNs { get; init; }

    /// <summary>Major version, 2 or 543.</summary>
    public required int MajorVersion { get; init; }

    /// <summary>Minor version.</summary>
    public required int MinorVersion { get; init; }

    /// <summary>Snap length as stated.</summary>
    public required uint SnapLength { get; init; }

    /// <summary>LINKTYPE_ value.</summary>
    public required ushort LinkType { get; init; }

    /// <summary>The upper bits of the link type field: FCS length and what libpcap keeps beside it.</summary>
    public required uint LinkTypeExtension { get; init; }

    /// <summary>Bits 16 to 25 of the link type field, in place.</summary>
    public required uint ReservedLinkTypeBits { get; init; }

    /// <summary>Bytes of frame check sequence at the end of each packet.</summary>
    public required int FcsLength { get; init; }

    /// <summary>Which of the two lengths of a record comes first.</summary>
    public required LengthOrder LengthOrder { get; init; }

    /// <summary>Bytes beyond which a captured length is damage (the limits of libpcap, which writes no longer ones).</summary>
    public uint MaxPacketLength => MaxPacketLengthOf(LinkType);

    /// <summary>Bytes beyond which a captured length of a link type is damage.</summary>
    public static uint MaxPacketLengthOf(ushort linkType) => linkType switch
    {
        231 => 128 << 20, // DBUS: a message may be that large
        279 => 8 << 20, // EBHSCR
        249 => 1 << 20, // USBPcap: super speed transfers
        _ => 262_144,
    };

    /// <summary>Reads the header.</summary>
    /// <param name="data">At least <see cref="Length"/> bytes that start with a pcap magic.</param>
    /// <param name="problem">What is wrong with it, as the rest of a sentence, where the answer is null.</param>
    /// <param name="notes">Receives remarks for people.</param>
    public static PcapFileHeader? TryParse(ReadOnlySpan<byte> data, List<string> notes, out string problem)
    {
        if (data.Length < Length)
        {
            problem = $"is cut inside its file header: {data.Length} of {Length} bytes";
            return null;
        }

        uint magic = BinaryPrimitives.ReadUInt32LittleEndian(data);
        bool isBigEndian = magic is not (CaptureMagic.PcapMicroseconds or CaptureMagic.PcapNanoseconds or CaptureMagic.PcapModified);
        magic = isBigEndian ? BinaryPrimitives.ReverseEndianness(magic) : magic;
        int major = isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(data[4..]) : BinaryPrimitives.ReadUInt16LittleEndian(data[4..]);
        int minor = isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(data[6..]) : BinaryPrimitives.ReadUInt16LittleEndian(data[6..]);
        if (major is not (2 or MajorVersionOfDgUx))
        {
            problem = $"is pcap of version {major}.{minor}, which is not known; 2.4 is";
            return null;
        }

        if (major == 2 && minor > 4)
        {
            notes.Add($"version 2.{minor} is read as 2.4");
        }

        uint network = Number(data, 20, isBigEndian);
        if ((network & ~KnownLinkTypeBits) != 0)
        {
            notes.Add($"reserved bits of the link type are set (0x{network:x8}); read as link type {network & 0xFFFF}");
        }

        ushort linkType = (ushort)network;
        bool isAix = major == 2 && minor == 2 && magic == CaptureMagic.PcapMicroseconds && TryMapAix(ref linkType);
        if (isAix)
        {
            notes.Add("version 2.2 with an interface type of AIX: fractions are nanoseconds");
        }

        problem = "";
        return new PcapFileHeader
        {
            IsBigEndian = isBigEndian,
            IsModified = magic == CaptureMagic.PcapModified,
            FractionNs = magic == CaptureMagic.PcapNanoseconds || isAix ? 1 : 1_000,
            MajorVersion = major,
            MinorVersion = minor,
            SnapLength = Number(data, 16, isBigEndian),
            LinkType = linkType,
            LinkTypeExtension = network & ExtensionBits,
            ReservedLinkTypeBits = network & ReservedBits,
            FcsLength = (network & FcsLengthPresent) != 0 ? (int)(network >> 28) * 2 : 0,
            LengthOrder = major == MajorVersionOfDgUx || minor < 3 ? LengthOrder.OriginalFirst
                : minor == 3 ? LengthOrder.SmallerIsCaptured
                : LengthOrder.CapturedFirst,
        };
    }

    /// <summary>
    /// Bytes of a record header. SuSE 6.3 wrote the magic of the modified format over plain records: 24 is right when the first two headers
    /// that it leads to are plausible.
    /// </summary>
    /// <param name="records">The start of the records.</param>
    public int ChooseRecordHeaderLength(ReadOnlySpan<byte> records) =>
        !IsModified || (!IsPlausible(records, ModifiedRecordHeaderLength) && IsPlausible(records, RecordHeaderLength))
            ? RecordHeaderLength
            : ModifiedRecordHeaderLength;

    private static uint Number(ReadOnlySpan<byte> data, int at, bool isBigEndian) =>
        isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(data[at..]) : BinaryPrimitives.ReadUInt32LittleEndian(data[at..]);

    /// <summary>AIX writes the SNMP ifType where the link type belongs.</summary>
    private static bool TryMapAix(ref ushort linkType)
    {
        (bool isAix, linkType) = linkType switch
        {
            6 => (true, (ushort)1), // ethernet-csmacd
            9 => (true, (ushort)6), // token ring
            15 => (true, (ushort)10), // FDDI
            24 => (true, (ushort)0), // loopback
            _ => (false, linkType),
        };
        return isAix;
    }

    private bool IsPlausible(ReadOnlySpan<byte> records, int headerLength)
    {
        for (int record = 0; record < 2; record++)
        {
            if (records.Length < headerLength)
            {
                return records.IsEmpty;
            }

            uint captured = Number(records, 8, IsBigEndian);
            if (captured > MaxPacketLength || captured > Number(records, 12, IsBigEndian))
            {
                return false;
            }

            records = records[Math.Min(records.Length, headerLength + (int)captured)..];
        }

        return true;
    }
}
