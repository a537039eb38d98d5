using System.Runtime.InteropServices;

namespace Vittne.Flows.Metering;

/// <summary>Counters of one side of a flow, any protocol.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct SideMeter
{
    public long Packets;
    public long WireBytes;
    public long IpBytes;
    public long AppBytes;

    /// <summary>Hardware address of the first frame of the side plus one; 0 unknown.</summary>
    public ulong Mac;

    /// <summary>Of the first packet.</summary>
    public byte TimeToLive;

    public byte TimeToLiveMin;
    public byte TimeToLiveMax;
    public byte TypeOfService;

    /// <summary>Letters of the history that are written once or again for each power of ten.</summary>
    public HistoryMarks History;

    /// <summary>Packets with a wrong checksum.</summary>
    public int BadChecksums;

    /// <summary>True once a packet counted: what belongs to the first one is set.</summary>
    public bool HasFirst;

    public void Add(in PacketMeasure packet)
    {
        Packets += packet.Packets;
        WireBytes += packet.WireBytes;
        IpBytes += packet.IpBytes;
        AppBytes += packet.AppBytes;
        if (!HasFirst)
        {
            HasFirst = true;
            TimeToLive = TimeToLiveMin = TimeToLiveMax = packet.TimeToLive;
            TypeOfService = packet.TypeOfService;
        }
        else
        {
            TimeToLiveMin = Math.Min(TimeToLiveMin, packet.TimeToLive);
            TimeToLiveMax = Math.Max(TimeToLiveMax, packet.TimeToLive);
        }
    }

    /// <summary>Begins a new record of the same flow.</summary>
    public void BeginRecord()
    {
        Packets = WireBytes = IpBytes = AppBytes = 0;
        BadChecksums = 0;
    }
}
