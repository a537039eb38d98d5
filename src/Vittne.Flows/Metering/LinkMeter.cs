using System.Buffers.Binary;
using Vittne.Flows.Records;
using Vittne.Packets;

namespace Vittne.Flows.Metering;

/// <summary>Measures what is not IP: who asked for whom by ARP (RFC 826), and, when asked for, frames of any other type between two stations.</summary>
/// <param name="idleNs">After how long without packets a flow is over, nanoseconds.</param>
/// <param name="tellsAll">True when not only ARP is told.</param>
/// <param name="tell">Takes each record with the packet that ended it.</param>
public sealed class LinkMeter(long idleNs, bool tellsAll, Action<FlowRecord, PacketStamp> tell)
{
    /// <summary>Name of the protocol.</summary>
    internal const string Arp = "arp";

    private const ushort EthernetLinkType = 1;
    private const ushort CookedLinkType = 113;
    private const ushort ArpType = 0x0806;
    private const int ArpLength = 28;
    private const int MaxFlows = 65_536;
    private const ushort MinType = 0x0600;

    private readonly Dictionary<LinkFlowKey, LinkFlow> _flows = [];
    private long _checkedNs = long.MinValue;

    /// <summary>What began, and what was given up.</summary>
    public FlowCounters Counters { get; } = new();

    /// <summary>Takes a packet without IP.</summary>
    public void OnPacket(DecodedBatch batch, int index, in PacketStamp at)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ReadOnlySpan<byte> data = batch.Packets.Bytes(index);
        ushort link = batch.Packets.Packets[index].LinkType;
        int typeAt = link == EthernetLinkType ? 12 : link == CookedLinkType ? 14 : -1;
        while (typeAt >= 0 && typeAt + 6 <= data.Length && BinaryPrimitives.ReadUInt16BigEndian(data[typeAt..]) is 0x8100 or 0x88A8 or 0x9100)
        {
            typeAt += 4;
        }

        if (typeAt < 0 || typeAt + 2 > data.Length)
        {
            return;
        }

        ushort type = BinaryPrimitives.ReadUInt16BigEndian(data[typeAt..]);
        int bytes = batch.Packets.Packets[index].OriginalLength;
        if (type == ArpType && data.Length >= typeAt + 2 + ArpLength && TakeArp(data.Slice(typeAt + 2, ArpLength), bytes, at))
        {
            return;
        }

        if (tellsAll && link == EthernetLinkType)
        {
            TakeFrame(data, type, bytes, at);
        }
    }

    /// <summary>Ends flows whose time is over.</summary>
    public void Advance(in PacketStamp now)
    {
        // Looked at seldom: all flows are looked at each time.
        if (_flows.Count > 0 && (_checkedNs == long.MinValue || now.TimestampNs - _checkedNs > idleNs / 4))
        {
            _checkedNs = now.TimestampNs;
            long limit = now.TimestampNs - idleNs;
            End(flow => flow.LastNs < limit, "timeout", now);
        }
    }

    /// <summary>The input ended: ends the flows that began up to a packet.</summary>
    public void EndUpTo(long ordinal, in PacketStamp at)
    {
        if (_flows.Count > 0)
        {
            End(flow => flow.Id <= ordinal, "eof", at);
        }
    }

    private static ulong Mac(ReadOnlySpan<byte> data) => BinaryPrimitives.ReadUInt64BigEndian(data) >> 16;

    private static string NameOf(ReadOnlySpan<byte> data, ushort type) => type switch
    {
        < MinType => data.Length > 14 && data[14] == 0x42 ? "stp" : "llc",
        0x0806 => Arp,
        0x8035 => "rarp",
        0x8809 => "slow",
        0x8863 => "pppoed",
        0x888E => "eapol",
        0x88CC => "lldp",
        0x88F7 => "ptp",
        _ => $"0x{type:x4}",
    };

    // Hardware type 1, protocol IPv4: addresses of six and four bytes.
    private bool TakeArp(ReadOnlySpan<byte> data, int bytes, in PacketStamp at)
    {
        if (BinaryPrimitives.ReadUInt32BigEndian(data) != 0x0001_0800 || data[4] != 6 || data[5] != 4)
        {
            return false;
        }

        bool isReply = data[7] == 2;
        IpAddress sender = IpAddress.FromV4(BinaryPrimitives.ReadUInt32BigEndian(data[14..]));
        IpAddress target = IpAddress.FromV4(BinaryPrimitives.ReadUInt32BigEndian(data[24..]));
        (IpAddress asking, IpAddress asked) = isReply ? (target, sender) : (sender, target);
        LinkFlow flow = Find(new LinkFlowKey(asking, asked, ArpType), FlowAddress.Of(asking), FlowAddress.Of(asked), Arp, at);
        long mac = (long)Mac(data[8..]);
        if (isReply)
        {
            flow.DestinationMac = flow.DestinationMac < 0 ? mac : flow.DestinationMac;
        }
        else
        {
            flow.SourceMac = flow.SourceMac < 0 ? mac : flow.SourceMac;
        }

        Count(flow, !isReply, bytes, at);
        return true;
    }

    private void TakeFrame(ReadOnlySpan<byte> data, ushort type, int bytes, in PacketStamp at)
    {
        ulong destination = Mac(data), source = Mac(data[6..]);
        bool isOrdered = source <= destination;
        var key = new LinkFlowKey(new IpAddress(0, isOrdered ? source : destination), new IpAddress(0, isOrdered ? destination : source), type < MinType ? (ushort)0 : type);
        LinkFlow flow = Find(key, FlowAddress.OfMac((long)source), FlowAddress.OfMac((long)destination), NameOf(data, type), at);
        bool isForward = (long)flow.Source.Ip.Low == (long)source;
        (flow.SourceMac, flow.DestinationMac) = ((long)flow.Source.Ip.Low, (long)flow.Destination.Ip.Low);
        Count(flow, isForward, bytes, at);
    }

    private LinkFlow Find(in LinkFlowKey key, in FlowAddress source, in FlowAddress destination, string protocol, in PacketStamp at)
    {
        if (_flows.TryGetValue(key, out LinkFlow? flow) && at.TimestampNs - flow.LastNs <= idleNs)
        {
            return flow;
        }

        if (flow is not null)
        {
            _flows.Remove(key);
            tell(flow.Record("timeout"), at);
        }
        else if (_flows.Count >= MaxFlows)
        {
            int before = _flows.Count;
            long[] ids = [.. _flows.Values.Select(static known => known.Id)];
            Array.Sort(ids);
            long limit = ids[MaxFlows / 16];
            End(known => known.Id < limit, "forced", at);
            Counters.Evicted += before - _flows.Count;
        }

        flow = new LinkFlow
        {
            Id = at.Ordinal,
            Key = key,
            Source = source,
            Destination = destination,
            Protocol = protocol,
            Capture = at.Capture,
            FirstNumber = at.Number,
            FirstNs = at.TimestampNs,
            LastNs = at.TimestampNs,
        };
        Counters.Flows++;
        _flows.Add(key, flow);
        return flow;
    }

    private static void Count(LinkFlow flow, bool isForward, int bytes, in PacketStamp at)
    {
        flow.FirstNs = Math.Min(flow.FirstNs, at.TimestampNs);
        flow.LastNs = Math.Max(flow.LastNs, at.TimestampNs);
        flow.LastNumber = at.Number;
        if (isForward)
        {
            flow.SourcePackets++;
            flow.SourceBytes += bytes;
        }
        else
        {
            flow.DestinationPackets++;
            flow.DestinationBytes += bytes;
        }
    }

    private void End(Func<LinkFlow, bool> isOver, string reason, in PacketStamp at)
    {
        List<LinkFlow> ended = [.. _flows.Values.Where(isOver)];
        ended.Sort(static (left, right) => left.Id.CompareTo(right.Id));
        foreach (LinkFlow flow in ended)
        {
            _flows.Remove(flow.Key);
            tell(flow.Record(reason), at);
        }
    }
}
