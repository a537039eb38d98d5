using Vittne.Packets.Records.Schema;

namespace Vittne.Protocols.Dns;

/// <summary>Schema of <see cref="DnsRecord"/>: one record a message.</summary>
public static class DnsSchema
{
    /// <summary>Record <c>dns</c>.</summary>
    public static RecordSchema Schema { get; } = new RecordSchema<DnsRecord, DnsView>(
        "dns",
        "DNS, mDNS and LLMNR messages over UDP and TCP, by content on any port",
        static record => new DnsView(record),
        static view => view.Summary(),
        Field.Text<DnsView>("variant", "`dns`, `mdns` or `llmnr`", static view => DnsNames.Of(view.Record.Variant)),
        Field.Integer<DnsView>("id", "number that pairs a response with its query", static view => view.Id).Also("dns.id"),
        Field.Flag<DnsView>("response", "a response, not a query", static view => view.IsResponse).Also("dns.flags.response"),
        Field.Integer<DnsView>("opcode", "0 query, 4 notify, 5 update", static view => view.Opcode).Also("dns.flags.opcode"),
        Field.Integer<DnsView>("rcode", "response code with the bits of EDNS; responses only", static view => view.IsResponse ? view.ResponseCode : null).Also("dns.flags.rcode"),
        Field.Text<DnsView>("rcode_name", "its mnemonic", static view => view.IsResponse ? DnsNames.OfResponseCode(view.ResponseCode) : null),
        Bit("aa", "authoritative answer", 0x0400, "dns.flags.authoritative"),
        Bit("tc", "the sender cut the message", 0x0200, "dns.flags.truncated"),
        Bit("rd", "recursion desired", 0x0100, "dns.flags.recdesired"),
        Bit("ra", "recursion available", 0x0080, "dns.flags.recavail"),
        Bit("ad", "authentic data", 0x0020, "dns.flags.authenticated"),
        Bit("cd", "checking disabled", 0x0010, "dns.flags.checkdisable"),
        Bit("z", "reserved bit", 0x0040, "dns.flags.z"),
        Field.Objects<DnsView, DnsQuestionView>(
            "questions",
            "what is asked",
            static view => view.Questions,
            Field.Text<DnsQuestionView>("name", "the name; bytes that do not print as `\\DDD`", static question => question.Name).Also("dns.qry.name"),
            Field.Integer<DnsQuestionView>("type", "its type", static question => question.Type).Also("dns.qry.type"),
            Field.Text<DnsQuestionView>("type_name", "mnemonic of the type", static question => DnsNames.OfType(question.Type)),
            Field.Integer<DnsQuestionView>("class", "its class", static question => question.Class).Also("dns.qry.class"),
            Field.Flag<DnsQuestionView>("unicast", "mDNS: a unicast response is wanted", static question => question.WantsUnicast)),
        Section("answers", "records that answer", static view => view.Answers),
        Section("authorities", "records that name an authority", static view => view.Authorities),
        Section("additionals", "records that may help, OPT left out", static view => view.Additionals),
        Field.Object<DnsView, DnsEdns>(
            "edns",
            "what the OPT record says",
            static view => view.Edns,
            Field.Integer<DnsEdns>("udp_size", "bytes that the sender takes in a datagram", static edns => edns.UdpSize).Also("dns.rr.udp_payload_size"),
            Field.Integer<DnsEdns>("version", "version of EDNS", static edns => edns.Version),
            Field.Flag<DnsEdns>("do", "DNSSEC records are wanted", static edns => edns.DnssecOk),
            Field.Objects<DnsEdns, DnsEdnsOption>(
                "options",
                "options in order",
                static edns => edns.Options,
                Field.Integer<DnsEdnsOption>("code", "number of the option", static option => option.Code),
                Field.Text<DnsEdnsOption>("hex", "its data", static option => option.Hex)),
            Field.Text<DnsEdns>("client_subnet", "network of the client that a resolver names", static edns => edns.ClientSubnet)),
        Field.Flag<DnsView>("truncated_message", "the counts of the header promise more than the bytes hold", static view => view.IsTruncatedMessage ? true : null),
        Field.Integer<DnsView>("query_packet", "packet of the query that this response answers", static view => view.Record.QueryPacket).Also("dns.response_to"),
        Field.Integer<DnsView>("rtt_ns", "nanoseconds between the two", static view => view.Record.RoundTripNs).Also("dns.time"));

    private static RecordField<DnsView> Bit(string name, string description, int mask, string alias) =>
        Field.Flag<DnsView>(name, description, view => (view.Flags & mask) != 0).Also(alias);

    private static RecordField<DnsView> Section(string name, string description, Func<DnsView, IReadOnlyList<DnsResourceView>> get) =>
        Field.Objects<DnsView, DnsResourceView>(
            name,
            description,
            get,
            Field.Text<DnsResourceView>("name", "owner", static resource => resource.Name).Also("dns.resp.name"),
            Field.Integer<DnsResourceView>("type", "its type", static resource => resource.Type).Also("dns.resp.type"),
            Field.Text<DnsResourceView>("type_name", "mnemonic of the type", static resource => DnsNames.OfType(resource.Type)),
            Field.Integer<DnsResourceView>("class", "its class", static resource => resource.Class).Also("dns.resp.class"),
            Field.Integer<DnsResourceView>("ttl", "seconds that it may be kept", static resource => resource.TimeToLive).Also("dns.resp.ttl"),
            Field.Text<DnsResourceView>("data", "its data in presentation form", static resource => resource.Data),
            Field.Flag<DnsResourceView>("cache_flush", "mDNS: older records are to be forgotten", static resource => resource.FlushesCache));
}
