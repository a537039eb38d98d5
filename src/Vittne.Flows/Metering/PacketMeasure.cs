using System.Runtime.InteropServices;

namespace Vittne.Flows.Metering;

/// <summary>
/// What a meter takes of one packet. The first one of a flow is kept as it is: most flows of a scan or a flood never show a second, and this
/// is all that they cost.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct PacketMeasure
{
    private const ulong MacMask = 0xFFFF_FFFF_FFFF;

    private ulong _source;
    private ulong _destination;

    /// <summary>Time, nanoseconds since the epoch.</summary>
    public long TimestampNs;

    /// <summary>Number in its capture.</summary>
    public long Number;

    /// <summary>Bytes of the frame on the wire; of an inner packet its IP length.</summary>
    public int WireBytes;

    /// <summary>Bytes by IP length.</summary>
    public int IpBytes;

    /// <summary>Bytes of transport payload by header lengths.</summary>
    public int AppBytes;

    /// <summary>TCP sequence number.</summary>
    public uint Sequence;

    /// <summary>TCP acknowledgment number.</summary>
    public uint Acknowledgment;

    /// <summary>Which capture of the run.</summary>
    public ushort Capture;

    /// <summary>TCP window as in the header; for ICMP the identifier.</summary>
    public ushort Window;

    /// <summary>TCP flags; for ICMP type and code.</summary>
    public ushort Flags;

    /// <summary>Packets that this stands for: fragments may be several.</summary>
    public ushort Packets;

    /// <summary>Time to live or hop limit.</summary>
    public byte TimeToLive;

    /// <summary>Type of service or traffic class.</summary>
    public byte TypeOfService;

    /// <summary>Options of a SYN.</summary>
    public TcpOptionSet Options;

    /// <summary>Window scale of a SYN plus one; 0 without.</summary>
    public byte Scale;

    /// <summary>What is wrong with it; <see cref="Vittne.Packets.AnomalyKind.None"/> for nothing.</summary>
    public Vittne.Packets.AnomalyKind Anomaly;

    /// <summary>What else is known.</summary>
    public MeasureMarks Marks;

    /// <summary>Hardware address of the sender, 48 bits; with <see cref="MeasureMarks.HasMacs"/>.</summary>
    public ulong SourceMac
    {
        readonly get => _source & MacMask;
        set => _source = (_source & ~MacMask) | (value & MacMask);
    }

    /// <summary>Hardware address of the receiver, 48 bits.</summary>
    public ulong DestinationMac
    {
        readonly get => _destination & MacMask;
        set => _destination = (_destination & ~MacMask) | (value & MacMask);
    }

    /// <summary>Maximum segment size of a SYN; 0 without.</summary>
    public ushort SegmentSize
    {
        readonly get => (ushort)(_source >> 48);
        set => _source = (_source & MacMask) | ((ulong)value << 48);
    }
}
