using System.Text;
using Vittne.Flows.Records;
using Vittne.Flows.Table;
using Vittne.Packets;

namespace Vittne.Flows.Metering;

/// <summary>Makes the record of a flow from what was measured.</summary>
/// <param name="services">Names services.</param>
/// <param name="tellsZeek">Whether what only Zeek's log tells is told.</param>
/// <param name="tell">Takes the records.</param>
internal sealed partial class FlowRecordBuilder(FlowServices services, bool tellsZeek, Action<FlowRecord, PacketStamp> tell)
{
    private const FlowState Both = FlowState.SeenOriginator | FlowState.SeenResponder;

    // What most flows look like, so that their texts are made once.
    private readonly Dictionary<ulong, string> _histories = [];

    /// <summary>Tells a flow.</summary>
    public void Tell(in FlowParts parts, FlowEnd reason, in PacketStamp at)
    {
        ref readonly FlowEntry entry = ref parts.Entry;
        ref FlowDetail detail = ref parts.Detail;
        var record = new FlowRecord
        {
            FlowId = entry.Id,
            ProtocolNumber = entry.Protocol,
            Protocol = FlowProtocols.Name(entry.Protocol),
            Source = FlowAddress.Of(entry.Source),
            Destination = FlowAddress.Of(entry.Destination),
            FirstNs = detail.FirstNs,
            LastNs = detail.LastNs,
            FirstPacket = detail.FirstNumber,
            LastPacket = detail.LastNumber,
            CaptureNumber = parts.Flow.First.Capture,
            IsDirectionGuessed = parts.Flow.IsTurned && entry.Protocol is IpProtocol.Tcp or IpProtocol.Udp,
            Reason = ReasonOf(reason, parts),
            Status = reason == FlowEnd.Border ? detail.Records == 0 ? "start" : "status" : detail.Records > 0 ? "close" : null,
        };
        TellSides(record, detail);
        if (HasPorts(entry.Protocol))
        {
            record.SourcePort = entry.SourcePort;
            record.DestinationPort = entry.DestinationPort;
        }

        if (detail.History.Length > 0)
        {
            record.History = HistoryOf(detail, parts.Notes);
        }

        if (detail.AnomalyCount > 0)
        {
            record.AnomalyCount = detail.AnomalyCount;
            ReadOnlySpan<AnomalyKind> kinds = detail.Anomalies;
            record.Anomalies = new string[kinds.Length];
            for (int i = 0; i < kinds.Length; i++)
            {
                record.Anomalies[i] = AnomalyNames.Name(kinds[i]);
            }
        }
        else
        {
            record.AnomalyCount = 0;
        }

        TellService(record, parts);
        TellStates(record, parts);
        TellContext(record, parts);
        if (detail.Statistics >= 0)
        {
            parts.Statistics.Tell(record.NeedStatistics());
        }

        tell(record, at);
    }

    private static bool HasPorts(byte protocol) => protocol is IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp or 33 or 136;

    private static string ReasonOf(FlowEnd reason, in FlowParts parts) => reason switch
    {
        FlowEnd.InputEnded => "eof",
        FlowEnd.Evicted => "forced",
        FlowEnd.Border => "timeout",
        _ => (parts.Entry.State & FlowState.Reset) != 0 || (parts.Detail.Tcp >= 0 && parts.Tcp.IsOver) ? "shutdown" : "timeout",
    };

    private static void TellSides(FlowRecord record, in FlowDetail detail)
    {
        ref readonly SideMeter source = ref detail.Sides[0];
        ref readonly SideMeter destination = ref detail.Sides[1];
        record.SourcePackets = source.Packets;
        record.DestinationPackets = destination.Packets;
        record.SourceBytes = source.WireBytes;
        record.DestinationBytes = destination.WireBytes;
        record.SourceIpBytes = source.IpBytes;
        record.DestinationIpBytes = destination.IpBytes;
        record.SourceAppBytes = source.AppBytes;
        record.DestinationAppBytes = destination.AppBytes;
        record.SourceMac = (long)source.Mac - 1;
        record.DestinationMac = (long)destination.Mac - 1;
        if (source.HasFirst)
        {
            record.SourceTtl = source.TimeToLive;
            record.SourceTos = source.TypeOfService;
        }

        if (destination.HasFirst)
        {
            record.DestinationTtl = destination.TimeToLive;
            record.DestinationTos = destination.TypeOfService;
        }
    }

    private void TellService(FlowRecord record, in FlowParts parts)
    {
        byte protocol = parts.Entry.Protocol;
        string? name = parts.Notes?.Carries ?? services.NameOf(parts.Flow.Service.Number);
        if (name is not null)
        {
            (record.Service, record.ServiceBy) = (name, "content");
        }
        else if (protocol is IpProtocol.Tcp or IpProtocol.Udp
            && (services.NameOfPort(protocol, parts.Entry.DestinationPort) ?? services.NameOfPort(protocol, parts.Entry.SourcePort)) is { } usual)
        {
            (record.Service, record.ServiceBy) = (usual, "port");
        }
    }

    private string HistoryOf(in FlowDetail detail, FlowNotes? notes)
    {
        ReadOnlySpan<byte> letters = detail.History.Bytes;
        if (letters.Length <= sizeof(ulong))
        {
            ulong key = 0;
            foreach (byte letter in letters)
            {
                key = (key << 8) | letter;
            }

            if (!_histories.TryGetValue(key, out string? known))
            {
                known = Encoding.ASCII.GetString(letters);
                if (_histories.Count < 4096)
                {
                    _histories.Add(key, known);
                }
            }

            return known;
        }

        return notes is { History.Count: > 0 } ? Encoding.ASCII.GetString([.. letters, .. notes.History]) : Encoding.ASCII.GetString(letters);
    }

    private static void TellContext(FlowRecord record, in FlowParts parts)
    {
        ref readonly FlowEntry entry = ref parts.Entry;
        ref FlowDetail detail = ref parts.Detail;
        if (entry.Protocol is IpProtocol.Icmp or IpProtocol.IcmpV6)
        {
            FlowContext icmp = record.NeedContext();
            ushort sent = SentBy(parts);
            icmp.IcmpType = sent >> 8;
            icmp.IcmpCode = sent & 0xFF;
            if (IcmpMessages.HasIdentifier(entry.Protocol, (byte)icmp.IcmpType))
            {
                icmp.IcmpId = parts.Flow.First.Window;
            }
        }

        if (parts.Notes is { } notes)
        {
            record.Vlan = notes.Vlans;
            if (notes.Mpls is not null || notes.Tunnel.Length > 0 || notes.IsFragmentOrphan || notes.Error is not null)
            {
                FlowContext context = record.NeedContext();
                context.Mpls = notes.Mpls;
                context.Tunnel = notes.Tunnel.Length == 0 ? null : Array.ConvertAll(notes.Tunnel, NameOf);
                context.IsFragmentOrphan = notes.IsFragmentOrphan;
                context.IcmpNode = notes.ErrorNode;
                context.IcmpError = notes.Error;
            }
        }

        if (detail.Fragments > 0 || detail.ClockBack > 0 || detail.HasManyMacs)
        {
            FlowContext context = record.NeedContext();
            context.Fragments = detail.Fragments > 0 ? detail.Fragments : -1;
            context.ClockBack = detail.ClockBack > 0 ? detail.ClockBack : -1;
            context.HasManyMacs = detail.HasManyMacs;
        }

        ref SideMeter source = ref detail.Sides[0];
        if (source.TimeToLiveMin != source.TimeToLiveMax)
        {
            FlowContext context = record.NeedContext();
            (context.SourceTtlMin, context.SourceTtlMax) = (source.TimeToLiveMin, source.TimeToLiveMax);
        }

        ref SideMeter destination = ref detail.Sides[1];
        if (destination.TimeToLiveMin != destination.TimeToLiveMax)
        {
            FlowContext context = record.NeedContext();
            (context.DestinationTtlMin, context.DestinationTtlMax) = (destination.TimeToLiveMin, destination.TimeToLiveMax);
        }
    }

    // Type and code of the originator's messages: of the first, or the question that the first one answers.
    private static ushort SentBy(in FlowParts parts)
    {
        ushort first = parts.Flow.First.Flags;
        return parts.Flow.IsTurned ? (ushort)(IcmpMessages.QuestionOf(parts.Entry.Protocol, (byte)(first >> 8)) << 8) : first;
    }

    private static string NameOf(TunnelLayer layer) => layer.Id == 0 ? layer.Type : $"{layer.Type}:{layer.Id}";
}
