using Vittne.Packets.Records.Schema;

namespace Vittne.Protocols.Nbns;

/// <summary>Schema of <see cref="NbnsRecord"/>.</summary>
public static class NbnsSchema
{
    /// <summary>Record <c>nbns</c>.</summary>
    public static RecordSchema Schema { get; } = new RecordSchema<NbnsRecord, NbnsView>(
        "nbns",
        "NetBIOS name service: names of Windows machines, their addresses and hardware addresses",
        static record => new NbnsView(record),
        static view => view.Summary(),
        Field.Integer<NbnsView>("id", "number that pairs a response with its request", static view => view.Id).Also("nbns.id"),
        Field.Flag<NbnsView>("response", "a response, not a request", static view => view.IsResponse).Also("nbns.flags.response"),
        Field.Integer<NbnsView>("opcode", "0 query, 5 registration, 6 release, 7 wait, 8 refresh", static view => view.Opcode).Also("nbns.flags.opcode"),
        Field.Integer<NbnsView>("rcode", "result; responses only", static view => view.IsResponse ? view.ResponseCode : null).Also("nbns.flags.rcode"),
        Field.Flag<NbnsView>("broadcast", "sent to all", static view => view.IsBroadcast).Also("nbns.flags.broadcast"),
        Field.Text<NbnsView>("name", "the name without the spaces at its end", static view => view.Name.Name).Also("nbns.name"),
        Field.Integer<NbnsView>("suffix", "its 16th byte: 0 workstation, 32 file server, 28 domain controllers", static view => view.Name.Suffix),
        Field.Text<NbnsView>("scope", "the scope behind the name", static view => view.Name.Scope),
        Field.Integer<NbnsView>("type", "32 name, 33 node status", static view => view.Type).Also("nbns.type"),
        Field.Texts<NbnsView>("addresses", "its addresses", static view => view.Addresses).Also("nbns.addr"),
        Field.Flag<NbnsView>("group", "a name of a group, not of one node", static view => view.IsGroup),
        Field.Integer<NbnsView>("ttl", "seconds that the name is valid", static view => view.TimeToLive).Also("nbns.ttl"),
        Field.Objects<NbnsView, NbnsListedName>(
            "names",
            "all names of the node, in a status response",
            static view => view.Names,
            Field.Text<NbnsListedName>("name", "the name", static listed => listed.Name),
            Field.Integer<NbnsListedName>("suffix", "its 16th byte", static listed => listed.Suffix),
            Field.Flag<NbnsListedName>("group", "a name of a group", static listed => listed.IsGroup),
            Field.Flag<NbnsListedName>("active", "in use", static listed => listed.IsActive)),
        Field.Text<NbnsView>("mac", "hardware address of the node, in a status response", static view => view.Mac));
}
