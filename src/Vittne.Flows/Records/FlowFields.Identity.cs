namespace Vittne.Flows.Records;

/// <content>Who, when, and in which state.</content>
public static partial class FlowFields
{
    private static FlowField[] Identity() =>
    [
        Integer("flow_id", "id of the flow, unique in the run", r => r.FlowId, (r, v) => r.FlowId = v, FlowMerge.Same, "flow"),
        Text("community_id", "Community ID version 1, seed 0", r => r.CommunityId(), (r, v) => r.ToldCommunityId = v),
        new("proto", FlowFieldKind.Text, "protocol by name, else its number", r => FlowValue.OfText(r.Protocol), SetProtocol) { Aliases = ["transport"] },
        new("saddr", FlowFieldKind.Address, "address of the originator", r => FlowValue.OfAddress(r.Source), (r, v) => r.Source = ToAddress(v)) { Aliases = ["src_ip"] },
        new("sport", FlowFieldKind.Integer, "port of the originator", r => FlowValue.OfPort(r.SourcePort), (r, v) => r.SourcePort = ToPort(v)) { Aliases = ["src_port"] },
        new("daddr", FlowFieldKind.Address, "address of the responder", r => FlowValue.OfAddress(r.Destination), (r, v) => r.Destination = ToAddress(v)) { Aliases = ["dst_ip"] },
        new("dport", FlowFieldKind.Integer, "port of the responder", r => FlowValue.OfPort(r.DestinationPort), (r, v) => r.DestinationPort = ToPort(v)) { Aliases = ["dst_port"] },
        Text("dir", "-> known, ?> guessed, <-> two-way without roles, <-", r => DirectionText(r.Direction), (r, v) => r.Direction = ParseDirection(v), FlowMerge.Own),
        Flag("dir_guess", "direction guessed against the first packet", r => r.IsDirectionGuessed, r => r.IsDirectionGuessed = true),
    ];

    private static FlowField[] Times() =>
    [
        Time("stime", "first packet", r => r.FirstNs, (r, v) => r.FirstNs = v, FlowMerge.Min, "ts"),
        Time("ltime", "last packet", r => r.LastNs, (r, v) => r.LastNs = v, FlowMerge.Max),
        new("dur", FlowFieldKind.Duration, "last less first packet, s", r => FlowValue.OfDuration(r.DurationNs), SetDuration) { Merge = FlowMerge.Derived },
    ];

    private static FlowField[] States() =>
    [
        new("state", FlowFieldKind.Text, "state in argus' words", r => FlowValue.OfText(r.State), (r, v) => r.State = v.Text) { Merge = FlowMerge.Worst },
        Text("statez", "state as letters in order of appearance: s S E f F R", r => r.StateLetters, (r, v) => r.StateLetters = v),
        Text("conn_state", "state in Zeek's words", r => r.ConnectionState, (r, v) => r.ConnectionState = v),
        Text("history", "Zeek's history letters", r => r.History, (r, v) => r.History = v),
        Text("eve_state", "state in Suricata's words", r => r.EveState, (r, v) => r.EveState = v),
        Text("reason", "why the record ended: timeout forced shutdown eof", r => r.Reason, (r, v) => r.Reason = v, "end"),
        Text("status", "which record of the flow: start status close", r => r.Status, (r, v) => r.Status = v),
        new("sflags", FlowFieldKind.Text, "TCP flags of the originator", r => FlowValue.OfText(FlowFlags.Text(r.SourceFlags)), (r, v) => r.SourceFlags = FlowFlags.Parse(v.Text)) { Merge = FlowMerge.Or },
        new("dflags", FlowFieldKind.Text, "TCP flags of the responder", r => FlowValue.OfText(FlowFlags.Text(r.DestinationFlags)), (r, v) => r.DestinationFlags = FlowFlags.Parse(v.Text)) { Merge = FlowMerge.Or },
        Text("service", "protocol above the transport", r => r.Service, (r, v) => r.Service = v),
        Text("service_by", "how the service is known: content or port", r => r.ServiceBy, (r, v) => r.ServiceBy = v),
    ];

    /// <summary>The arrow of a direction; null when it is not known.</summary>
    public static string? DirectionText(FlowDirection direction) => direction switch
    {
        FlowDirection.Forward => "->",
        FlowDirection.Guessed => "?>",
        FlowDirection.Both => "<->",
        FlowDirection.Backward => "<-",
        _ => null,
    };

    /// <summary>The direction of an arrow, also <c>&lt;?&gt;</c> and <c>who</c> of argus.</summary>
    public static FlowDirection ParseDirection(string text) => text.Trim() switch
    {
        "->" or "who" => FlowDirection.Forward,
        "?>" or "<?>" => FlowDirection.Guessed,
        "<->" => FlowDirection.Both,
        "<-" or "<?" => FlowDirection.Backward,
        _ => FlowDirection.Unknown,
    };

    private static void SetProtocol(FlowRecord record, FlowValue value)
    {
        int number = value.Text == FlowValue.AnyText ? -1 : FlowProtocols.Number(value.Text);
        record.ProtocolNumber = number;
        record.Protocol = number >= 0 ? FlowProtocols.Name((byte)number) : value.Text;
    }

    private static void SetDuration(FlowRecord record, FlowValue value)
    {
        if (record.FirstNs >= 0 && record.LastNs < 0)
        {
            record.LastNs = record.FirstNs + value.Number;
        }
    }

    private static FlowAddress ToAddress(in FlowValue value) => value.Kind == FlowFieldKind.Text ? FlowAddress.Any : value.Address;

    private static int ToPort(in FlowValue value) => value.Kind == FlowFieldKind.Text ? FlowRecord.AnyPort : (int)Math.Min(value.Number, int.MaxValue);
}
