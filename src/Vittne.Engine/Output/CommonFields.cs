using Vittne.Packets;
using Vittne.Packets.Records.Schema;

namespace Vittne.Engine.Output;

/// <summary>The fields with which every record begins (docs/records.md).</summary>
public static class CommonFields
{
    private static readonly RecordField<CommonView>[] Fields =
    [
        Field.Text<CommonView>("record", "kind of the record", static view => view.Schema.Name),
        Field.Time<CommonView>("ts", "time of the packet that completed the record", static view => view.Record.At.TimestampNs).Also("frame.time_epoch"),
        Field.Integer<CommonView>("packet", "number of that packet in its capture, from 1", static view => view.Record.At.Number > 0 ? view.Record.At.Number : null).Also("frame.number"),
        Field.Text<CommonView>("capture", "the capture, as given on the command line", static view => view.Capture.Length > 0 ? view.Capture : null),
        Field.Integer<CommonView>(
            "flow", "number of the flow, unique in the run: the run's ordinal of its first packet", static view => view.HasFlow ? view.Flow.Id : null)
            .Also("tcp.stream", "udp.stream"),
        Field.Text<CommonView>("community_id", "Community ID v1, seed 0", static view => view.HasAddresses && view.Flow.ArePortsKnown ? view.Flow.CommunityId : null).Also("communityid"),
        Field.Text<CommonView>("src_ip", "originator of the flow", static view => view.HasAddresses ? view.Flow.Source.ToString() : null).Also("ip.src", "ipv6.src"),
        Field.Integer<CommonView>("src_port", "its port, where the transport has ports", static view => view.HasPorts ? view.Flow.SourcePort : null)
            .Also("tcp.srcport", "udp.srcport"),
        Field.Text<CommonView>("dst_ip", "responder of the flow", static view => view.HasAddresses && view.Flow.IsDestinationKnown ? view.Flow.Destination.ToString() : null).Also("ip.dst", "ipv6.dst"),
        Field.Integer<CommonView>("dst_port", "its port", static view => view.HasPorts ? view.Flow.DestinationPort : null).Also("tcp.dstport", "udp.dstport"),
        Field.Text<CommonView>(
            "transport", "`tcp` `udp` `icmp` `icmp6` `sctp`, else the protocol's name", static view => view.HasAddresses ? ProtocolNames.Of(view.Flow.Protocol) : null)
            .Also("ip.proto"),
        Field.Text<CommonView>("direction", "who sent it: `orig` or `resp`", static view => !view.HasFlow ? null : view.Record.Direction == Direction.FromOriginator ? "orig" : "resp"),
        Field.Integer<CommonView>(
            "first_packet", "the packet with which the record began, where it is another one than `packet`", static view => view.Record.FirstPacket > 0 && view.Record.FirstPacket != view.Record.At.Number ? view.Record.FirstPacket : null),
        Field.Objects<CommonView, TunnelLayer>(
            "tunnel",
            "the tunnels around the flow, outermost first",
            static view => view.Flow.Tunnel,
            Field.Text<TunnelLayer>("type", "`gre` `vxlan` `geneve` `gtp` `teredo` `ip` …", static layer => layer.Type),
            Field.Text<TunnelLayer>("src_ip", "outer sender", static layer => layer.Source.ToString()),
            Field.Text<TunnelLayer>("dst_ip", "outer receiver", static layer => layer.Destination.ToString()),
            Field.Integer<TunnelLayer>("id", "VNI, TEID, GRE key or session id", static layer => layer.Id != 0 ? layer.Id : null)),
    ];

    /// <summary>The fields in order.</summary>
    public static IReadOnlyList<RecordField> All => Fields;

    /// <summary>Tells the common fields of a record.</summary>
    public static void Write(in CommonView view, IFieldSink sink)
    {
        foreach (RecordField<CommonView> field in Fields)
        {
            field.Write(view, sink);
        }
    }
}
