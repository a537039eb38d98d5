using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Vittne.Capture.Live;

/// <summary>
/// One packet in a block of the ring: <c>tpacket3_hdr</c> of linux/if_packet.h and the <c>sockaddr_ll</c> behind it. Numbers are in the
/// byte
/// order of the machine.
/// </summary>
/// <remarks>
/// <code>
///  0 next   4 seconds   8 nanoseconds   12 captured   16 original   20 status   24 mac (2)   26 net (2)
/// 28 rxhash   32 vlan tci   36 vlan tpid (2)   …   48 family (2)   50 protocol (2, network order)   52 interface
/// 56 hardware (2)   58 packet type (1)   59 address length (1)   60 address (8)
/// </code>
/// </remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly struct RingFrame
{
    /// <summary>Bytes of the headers.</summary>
    public const int HeaderLength = 68;

    private const int AddressOffset = 60;
    private const uint VlanValid = 1 << 4;
    private const uint VlanTypeValid = 1 << 6;
    private const ushort VlanType = 0x8100;

    private RingFrame(ReadOnlySpan<byte> header)
    {
        Next = UInt32(header, 0);
        TimestampNs = (UInt32(header, 4) * 1_000_000_000L) + UInt32(header, 8);
        CapturedLength = UInt32(header, 12);
        OriginalLength = UInt32(header, 16);
        uint status = UInt32(header, 20);
        LinkOffset = UInt16(header, 24);
        HasVlan = (status & VlanValid) != 0;
        VlanTag = (ushort)UInt32(header, 32);
        TagType = (status & VlanTypeValid) != 0 ? UInt16(header, 36) : VlanType;
        Protocol = BinaryPrimitives.ReadUInt16BigEndian(header[50..]);
        Interface = (int)UInt32(header, 52);
        Hardware = UInt16(header, 56);
        Direction = header[58];
        AddressLength = header[59];
        Address = BinaryPrimitives.ReadUInt64BigEndian(header[AddressOffset..]);
    }

    /// <summary>Distance to the next header; 0 for the last one.</summary>
    public uint Next { get; }

    /// <summary>Time of capture in nanoseconds since 1970.</summary>
    public long TimestampNs { get; }

    /// <summary>Bytes in the block.</summary>
    public uint CapturedLength { get; }

    /// <summary>Bytes that the packet had.</summary>
    public uint OriginalLength { get; }

    /// <summary>Distance from this header to the first byte of the packet.</summary>
    public int LinkOffset { get; }

    /// <summary>True when a VLAN tag was taken out of the packet.</summary>
    public bool HasVlan { get; }

    /// <summary>That tag: priority, drop eligibility and number (IEEE 802.1Q).</summary>
    public ushort VlanTag { get; }

    /// <summary>Its EtherType.</summary>
    public ushort TagType { get; }

    /// <summary>EtherType of the packet, or one of the kernel's own numbers below 1536.</summary>
    public ushort Protocol { get; }

    /// <summary>Number of the interface.</summary>
    public int Interface { get; }

    /// <summary>ARPHRD_ value of the interface.</summary>
    public ushort Hardware { get; }

    /// <summary>To us, broadcast, multicast, to another host or from us: 0 to 4.</summary>
    public byte Direction { get; }

    /// <summary>Bytes of the sender's link address, also where they are more than <see cref="Address"/> holds.</summary>
    public byte AddressLength { get; }

    /// <summary>The sender's link address, its first byte on top.</summary>
    public ulong Address { get; }

    /// <summary>Reads the headers at a position of a block; false when they do not lie in it.</summary>
    public static bool TryRead(ReadOnlySpan<byte> block, uint at, out RingFrame frame)
    {
        frame = default;
        if (at > (uint)block.Length || block.Length - (int)at < HeaderLength)
        {
            return false;
        }

        frame = new RingFrame(block.Slice((int)at, HeaderLength));
        return true;
    }

    private static uint UInt32(ReadOnlySpan<byte> data, int at) => MemoryMarshal.Read<uint>(data[at..]);

    private static ushort UInt16(ReadOnlySpan<byte> data, int at) => MemoryMarshal.Read<ushort>(data[at..]);
}
