using System.Globalization;
using System.Text;
using Vittne.Capture;
using Vittne.Packets.Facts;
using Vittne.Packets.Records.Schema;

namespace Vittne.Packets.Records;

/// <summary>Schema of <see cref="PacketRecord"/>.</summary>
public static class PacketSchema
{
    private static readonly string[] FlagNames = ["FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR", "AE"];

    // What an IP header and the transport behind it say: told of the packet and of the datagram that it quotes.
    private static readonly RecordField<PacketFacts>[] Headers =
    [
        Field.Integer<PacketFacts>("ip_len", "total length of IPv4, payload length of IPv6, as the header says", static facts => facts.IpLength)
            .Also("ip.len", "ipv6.plen"),
        Field.Integer<PacketFacts>("ttl", "time to live or hop limit", static facts => HasIp(facts) ? facts.Packet.TimeToLive : null).Also("ip.ttl", "ipv6.hlim"),
        Field.Integer<PacketFacts>("ip_id", "identification of IPv4 or of an IPv6 fragment", static facts => facts.IpIdentification)
            .Also("ip.id", "ipv6.fraghdr.ident"),
        Field.Integer<PacketFacts>("frag_offset", "place in the fragmented datagram, in bytes", static facts => facts.FragmentOffset)
            .Also("ip.frag_offset", "ipv6.fraghdr.offset"),
        Field.Flag<PacketFacts>("more_fragments", "whether more fragments follow", static facts => facts.HasMoreFragments).Also("ip.flags.mf", "ipv6.fraghdr.more"),
        Field.Integer<PacketFacts>("tcp_flags", "the 12 low bits of bytes 12-13: 3 reserved bits, 9 flags", static facts => IsTcp(facts) ? facts.Packet.TcpFlags : null)
            .Also("tcp.flags"),
        Field.Integer<PacketFacts>("tcp_seq", "sequence number as in the header", static facts => facts.TcpSequence).Also("tcp.seq_raw"),
        Field.Integer<PacketFacts>("tcp_ack", "acknowledgment number as in the header", static facts => IsTcp(facts) ? facts.Packet.AcknowledgmentNumber : null)
            .Also("tcp.ack_raw"),
        Field.Integer<PacketFacts>("tcp_window", "window as in the header, not scaled", static facts => IsTcp(facts) ? facts.Packet.Window : null)
            .Also("tcp.window_size_value"),
        Field.Integer<PacketFacts>(
            "payload_len", "TCP payload in bytes by the lengths of the headers, captured or not", static facts => IsTcp(facts) ? facts.Packet.PayloadWireLength : null)
            .Also("tcp.len"),
        Field.Integer<PacketFacts>("udp_len", "length field of UDP", static facts => facts.UdpLength).Also("udp.length"),
        Field.Integer<PacketFacts>("icmp_type", "type of an ICMP or ICMPv6 message", static facts => IsIcmp(facts) ? facts.Packet.SourcePort : null)
            .Also("icmp.type", "icmpv6.type"),
        Field.Integer<PacketFacts>("icmp_code", "its code", static facts => IsIcmp(facts) ? facts.Packet.DestinationPort : null).Also("icmp.code", "icmpv6.code"),
    ];

    /// <summary>Record <c>packet</c>.</summary>
    public static RecordSchema Schema { get; } = new RecordSchema<PacketRecord, PacketRecord>(
        "packet",
        "Each packet with what its headers say; source is its sender",
        static record => record,
        Summarise,
        [
            Field.Integer<PacketRecord>("len", "bytes on the wire", static record => record.Reference.OriginalLength).Also("frame.len"),
            Field.Integer<PacketRecord>("caplen", "bytes in the capture", static record => record.Reference.CapturedLength).Also("frame.cap_len"),
            Field.Text<PacketRecord>("link", "link type, by its name in the registry", static record => LinkTypeNames.Of(record.Reference.LinkType)),
            Field.Integer<PacketRecord>("interface", "interface of the section, from 0", static record => record.Reference.Interface).Also("frame.interface_id"),
            OfFacts(Field.Texts<PacketFacts>("layers", "protocols, outermost first: `eth` `vlan` `ip` `tcp` …", static facts => facts.Layers).Also("frame.protocols")),
            OfFacts(Field.Text<PacketFacts>("src_mac", "sender in the outermost frame", static facts => MacText(facts.SourceMac)).Also("eth.src")),
            OfFacts(Field.Text<PacketFacts>("dst_mac", "receiver in the outermost frame", static facts => MacText(facts.DestinationMac)).Also("eth.dst")),
            OfFacts(Field.Integers<PacketFacts>("vlans", "VLAN identifiers, outermost first", static facts => facts.Vlans).Also("vlan.id")),
            OfFacts(Field.Integers<PacketFacts>("mpls", "MPLS labels, outermost first", static facts => facts.MplsLabels).Also("mpls.label")),
            .. Array.ConvertAll(Headers, OfFacts),
            OfFacts(Field.Integer<PacketFacts>(
                "fragment_of", "packet that made the datagram of this fragment whole, where it is near: within the same thousand packets", static facts => facts.FragmentOf)
                .Also("ip.reassembled_in", "ipv6.reassembled_in")),
            OfFacts(Field.Integers<PacketFacts>("fragments", "packets with the fragments that this packet made whole", static facts => facts.Fragments)
                .Also("ip.fragment", "ipv6.fragment")),
            OfFacts(Field.Object<PacketFacts, PacketFacts>(
                "quoted",
                "the datagram that an ICMP error is about, as far as it quotes it",
                static facts => facts.Quoted,
                [
                    Field.Texts<PacketFacts>("layers", "its protocols, outermost first", static facts => facts.Layers),
                    Field.Text<PacketFacts>("src_ip", "its sender", static facts => facts.Packet.Source.ToString()),
                    Field.Integer<PacketFacts>("src_port", "the sender's port", static facts => HasPorts(facts) ? facts.Packet.SourcePort : null),
                    Field.Text<PacketFacts>("dst_ip", "its receiver", static facts => facts.Packet.Destination.ToString()),
                    Field.Integer<PacketFacts>("dst_port", "the receiver's port", static facts => HasPorts(facts) ? facts.Packet.DestinationPort : null),
                    Field.Integer<PacketFacts>("protocol", "its IP protocol number", static facts => facts.Packet.Protocol),
                    .. Headers,
                ])),
            OfFacts(Field.Texts<PacketFacts>("anomalies", "what is wrong: `ip.truncated`, `frag.overlap`, …", static facts => facts.Anomalies)),
        ]);

    private static bool HasIp(PacketFacts facts) => (facts.Packet.Flags & DecodedFlags.HasIp) != 0;

    private static bool HasPorts(PacketFacts facts) => (facts.Packet.Flags & DecodedFlags.HasPorts) != 0;

    private static bool HasTransport(PacketFacts facts) => (facts.Packet.Flags & DecodedFlags.HasTransport) != 0;

    private static bool IsTcp(PacketFacts facts) => HasTransport(facts) && facts.Packet.Protocol == IpProtocol.Tcp;

    private static bool IsIcmp(PacketFacts facts) => HasTransport(facts) && facts.Packet.Protocol is IpProtocol.Icmp or IpProtocol.IcmpV6;

    private static RecordField<PacketRecord> OfFacts(RecordField<PacketFacts> field) =>
        new(field.Name, field.Kind, field.IsList, field.Description, field.Members, (record, _, sink) => field.Write(record.Facts, sink))
        {
            Aliases = field.Aliases,
        };

    private static string? MacText(ulong? address) => address is not { } value
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"{value >> 40:x2}:{(byte)(value >> 32):x2}:{(byte)(value >> 24):x2}:{(byte)(value >> 16):x2}:{(byte)(value >> 8):x2}:{(byte)value:x2}");

    private static string Summarise(PacketRecord record)
    {
        PacketFacts facts = record.Facts;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{record.Reference.OriginalLength} bytes {string.Join(':', facts.Layers)}");
        if (IsTcp(facts))
        {
            text.Append(" [");
            for (int i = 0; i < FlagNames.Length; i++)
            {
                if ((facts.Packet.TcpFlags & (1 << i)) != 0)
                {
                    text.Append(text[^1] == '[' ? "" : " ").Append(FlagNames[i]);
                }
            }

            text.Append(CultureInfo.InvariantCulture, $"] seq={facts.TcpSequence} ack={facts.Packet.AcknowledgmentNumber} win={facts.Packet.Window} payload={facts.Packet.PayloadWireLength}");
        }
        else if (IsIcmp(facts))
        {
            text.Append(CultureInfo.InvariantCulture, $" type={facts.Packet.SourcePort} code={facts.Packet.DestinationPort}");
        }

        return facts.Anomalies.Count == 0 ? text.ToString() : text.Append(" ! ").AppendJoin(' ', facts.Anomalies).ToString();
    }
}
