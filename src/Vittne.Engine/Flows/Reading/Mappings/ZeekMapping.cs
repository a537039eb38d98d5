using System.IO.Hashing;
using System.Runtime.InteropServices;
using Vittne.Engine.Flows.Writing.Zeek;
using Vittne.Flows.Records;
using Vittne.Packets;

namespace Vittne.Engine.Flows.Reading.Mappings;

/// <summary>Fields of Zeek's <c>conn.log</c>, with those that its policy scripts add.</summary>
internal sealed class ZeekMapping : FlowMapping
{
    public ZeekMapping()
    {
        Field("ts", "stime");
        Add("uid", static (draft, text) =>
        {
            draft.Record.FlowId = Id(text);
            return true;
        });
        Field("id.orig_h", "saddr");
        Field("id.resp_h", "daddr");
        Integer("id.orig_p", static (draft, value) => draft.SourcePort = (int)Math.Min(value, ushort.MaxValue));
        Integer("id.resp_p", static (draft, value) => draft.DestinationPort = (int)Math.Min(value, ushort.MaxValue));
        Text("proto", static (draft, text) => draft.Record.Protocol = text);
        Integer("ip_proto", static (draft, value) => draft.Extra = value);
        Text("service", static (draft, text) =>
        {
            draft.Record.Service = text.Contains(',', StringComparison.Ordinal)
                ? string.Join(',', Array.ConvertAll(text.Split(','), ZeekServices.FromZeek))
                : ZeekServices.FromZeek(text);
            draft.Record.ServiceBy = "content";
        });
        Field("duration", "dur");
        Integer("orig_bytes", static (draft, value) => Zeek(draft).SourceBytes = value);
        Integer("resp_bytes", static (draft, value) => Zeek(draft).DestinationBytes = value);
        Integer("missed_bytes", static (draft, value) => Zeek(draft).MissedBytes = value);
        Field("conn_state", "conn_state");
        Field("history", "history");
        Field("orig_pkts", "spkts");
        Field("resp_pkts", "dpkts");
        Field("orig_ip_bytes", "sipbytes");
        Field("resp_ip_bytes", "dipbytes");
        Add("tunnel_parents", static (draft, text) =>
        {
            int comma = text.IndexOf(',');
            draft.Record.NeedContext().Parent = Id(comma < 0 ? text : text[..comma]);
            return true;
        });
        Field("community_id", "community_id");
        Field("orig_l2_addr", "smac");
        Field("resp_l2_addr", "dmac");
        Integer("vlan", static (draft, value) => Vlan(draft, value, isInner: false));
        Integer("inner_vlan", static (draft, value) => Vlan(draft, value, isInner: true));
        Text("_path", static (draft, text) => draft.Kind = text);
    }

    /// <inheritdoc/>
    public override bool IsUnset(ReadOnlySpan<char> text) => text is "" or "-" or "(empty)";

    /// <inheritdoc/>
    public override FlowLine Complete(FlowDraft draft)
    {
        FlowRecord record = draft.Record;
        if (draft.Kind is not null and not "conn")
        {
            return FlowLine.Other;
        }

        if (record.FirstNs < 0 || !record.Source.IsKnown || !record.Destination.IsKnown)
        {
            return FlowLine.Broken;
        }

        SetProtocol(draft);
        FlowZeek zeek = Zeek(draft);
        zeek.DurationNs = draft.DurationNs;
        draft.DurationNs = Math.Max(draft.DurationNs, 0);
        draft.CompleteTimes();
        record.Direction = FlowDirection.Forward;
        record.IsDirectionGuessed = record.History is { } history && history.StartsWith('^');
        record.SourceAppBytes = zeek.SourceBytes;
        record.DestinationAppBytes = zeek.DestinationBytes;
        if (record.ProtocolNumber == IpProtocol.Tcp)
        {
            record.SourceSequenceBytes = zeek.SourceBytes;
            record.DestinationSequenceBytes = zeek.DestinationBytes;
        }

        return FlowLine.Record;
    }

    private static FlowZeek Zeek(FlowDraft draft) => draft.Record.Zeek ??= new FlowZeek();

    private static void SetProtocol(FlowDraft draft)
    {
        FlowRecord record = draft.Record;
        record.ProtocolNumber = draft.Extra is >= 0 and <= byte.MaxValue ? (int)draft.Extra : record.Protocol switch
        {
            "tcp" => IpProtocol.Tcp,
            "udp" => IpProtocol.Udp,
            "icmp" => record.Source.Ip.IsV4 ? IpProtocol.Icmp : IpProtocol.IcmpV6,
            _ => -1,
        };
        record.Protocol = record.ProtocolNumber >= 0 ? FlowProtocols.Name((byte)record.ProtocolNumber) : null;
        if (record.ProtocolNumber is IpProtocol.Icmp or IpProtocol.IcmpV6)
        {
            FlowContext context = record.NeedContext();
            context.IcmpType = draft.SourcePort;
            bool isAsked = IcmpCounterpart.Of((byte)record.ProtocolNumber, draft.SourcePort) == draft.DestinationPort;
            context.IcmpCode = isAsked ? 0 : draft.DestinationPort;
        }
        else if (record.ProtocolNumber is IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp || draft.SourcePort > 0 || draft.DestinationPort > 0)
        {
            record.SourcePort = draft.SourcePort;
            record.DestinationPort = draft.DestinationPort;
        }
    }

    private static void Vlan(FlowDraft draft, long value, bool isInner)
    {
        int[] tags = draft.Record.Vlan ?? [];
        int tag = (int)Math.Min(value, ushort.MaxValue);
        draft.Record.Vlan = isInner ? [.. tags, tag] : [tag, .. tags];
    }

    // A name of Zeek's stands for a number: the same name for the same one.
    private static long Id(ReadOnlySpan<char> uid) => (long)(XxHash3.HashToUInt64(MemoryMarshal.AsBytes(uid)) & long.MaxValue);
}
