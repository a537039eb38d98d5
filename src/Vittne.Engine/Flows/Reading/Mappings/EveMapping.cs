using System.Globalization;
using Vittne.Engine.Flows.Writing;
using Vittne.Flows.Records;
using Vittne.Packets;

namespace Vittne.Engine.Flows.Reading.Mappings;

/// <summary>
/// Flow and netflow events of Suricata's EVE log; members of objects are named with a point. A netflow event tells one direction, and each is a record.
/// </summary>
internal sealed class EveMapping : FlowMapping
{
    private const string FlowEvent = "flow";
    private const string NetflowEvent = "netflow";

    public EveMapping()
    {
        Text("event_type", static (draft, text) => draft.Kind = text);
        Field("flow_id", "flow_id");
        Field("in_iface", "iface");
        Field("pcap_cnt", "pkt_last");
        Field("pcap_filename", "capture");
        Field("vlan", "vlan");
        Field("src_ip", "saddr");
        Field("src_port", "sport");
        Field("dest_ip", "daddr");
        Field("dest_port", "dport");
        Field("proto", "proto");
        Field("icmp_type", "icmp_type");
        Field("icmp_code", "icmp_code");
        Text("app_proto", static (draft, text) => draft.Record.Service = EveServices.FromEve(text));
        Field("community_id", "community_id");
        Field("flow.pkts_toserver", "spkts");
        Field("flow.pkts_toclient", "dpkts");
        Field("flow.bytes_toserver", "sbytes");
        Field("flow.bytes_toclient", "dbytes");
        Field("flow.start", "stime");
        Field("flow.end", "ltime");
        Field("flow.state", "eve_state");
        Field("flow.reason", "reason");
        Field("netflow.pkts", "spkts");
        Field("netflow.bytes", "sbytes");
        Field("netflow.start", "stime");
        Field("netflow.end", "ltime");
        Flags("tcp.tcp_flags_ts", static (draft, flags) => draft.Record.SourceFlags = flags);
        Flags("tcp.tcp_flags_tc", static (draft, flags) => draft.Record.DestinationFlags = flags);
        Flags("tcp.tcp_flags", static (draft, flags) => draft.Extra = flags);
    }

    /// <inheritdoc/>
    public override FlowLine Complete(FlowDraft draft)
    {
        FlowRecord record = draft.Record;
        if (draft.Kind is not (FlowEvent or NetflowEvent))
        {
            return FlowLine.Other;
        }

        if (record.FirstNs < 0 || !record.Source.IsKnown || !record.Destination.IsKnown)
        {
            return FlowLine.Broken;
        }

        if (draft.Kind == NetflowEvent)
        {
            record.SourceFlags = (short)draft.Extra;
        }

        // Suricata has no ports for ICMP but writes zeros in some versions.
        if (record.ProtocolNumber is IpProtocol.Icmp or IpProtocol.IcmpV6)
        {
            record.SourcePort = -1;
            record.DestinationPort = -1;
        }

        record.Direction = FlowDirection.Forward;
        record.ServiceBy = record.Service is null ? null : "content";
        draft.CompleteTimes();
        return FlowLine.Record;
    }

    private void Flags(string name, Action<FlowDraft, short> set) => Add(name, (draft, text) =>
    {
        bool isRead = byte.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte flags);
        set(draft, isRead ? flags : (short)-1);
        return isRead;
    });
}
