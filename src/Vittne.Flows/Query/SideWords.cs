using Vittne.Flows.Query.Conditions;
using Vittne.Flows.Records;

namespace Vittne.Flows.Query;

/// <summary>The words of ra's filter that speak of a side, and the fields that they stand for.</summary>
internal static class SideWords
{
    private static readonly Dictionary<string, (string Source, string Destination, string? Sum)> Fields = new(StringComparer.Ordinal)
    {
        ["host"] = ("saddr", "daddr", null),
        ["net"] = ("saddr", "daddr", null),
        ["port"] = ("sport", "dport", null),
        ["ether"] = ("smac", "dmac", null),
        ["co"] = ("scountry", "dcountry", null),
        ["as"] = ("sas", "das", null),
        ["pkts"] = ("spkts", "dpkts", "pkts"),
        ["bytes"] = ("sbytes", "dbytes", "bytes"),
        ["appbytes"] = ("sappbytes", "dappbytes", "appbytes"),
        ["rate"] = ("srate", "drate", "rate"),
        ["load"] = ("sload", "dload", "load"),
        ["loss"] = ("sloss", "dloss", "loss"),
        ["ttl"] = ("sttl", "dttl", null),
        ["tos"] = ("stos", "dtos", null),
        ["vid"] = ("vlan", "vlan", null),
        ["mid"] = ("mpls", "mpls", null),
        ["retrans"] = ("sretrans", "dretrans", "retrans"),
        ["outoforder"] = ("sooo", "dooo", null),
        ["winshut"] = ("szerowin", "dzerowin", null),
        ["reset"] = ("sflags", "dflags", null),
    };

    /// <summary>Whether a word can stand behind <c>src</c> and <c>dst</c>.</summary>
    public static bool IsKnown(string word) => Fields.ContainsKey(word);

    /// <summary>Whether a word means nothing without a value.</summary>
    public static bool NeedsValue(string word) => word is "host" or "net" or "port" or "ether" or "vid" or "mid" or "co" or "ttl" or "tos";

    /// <summary>The field for both sides together; null when there is none.</summary>
    public static FlowField? SumOf(string word) => Fields[word].Sum is { } name ? FlowFields.Get(name) : null;

    /// <summary>The fields of the sides asked for.</summary>
    public static IReadOnlyList<FlowField> FieldsOf(string word, FlowSide side)
    {
        (string source, string destination, _) = Fields[word];
        return side switch
        {
            FlowSide.Source => [FlowFields.Get(source)],
            FlowSide.Destination => [FlowFields.Get(destination)],
            _ => source == destination ? [FlowFields.Get(source)] : [FlowFields.Get(source), FlowFields.Get(destination)],
        };
    }

    /// <summary>What a word without a value says of one side: <c>src reset</c>, <c>dst retrans</c>; null when it needs one.</summary>
    public static Func<FlowRecord, bool, bool>? StateOf(string word) => word switch
    {
        "retrans" => static (record, isSource) => record.Tcp is { } tcp && (isSource ? tcp.SourceRetransmissions : tcp.DestinationRetransmissions) > 0,
        "outoforder" => static (record, isSource) => record.Tcp is { } tcp && (isSource ? tcp.SourceOutOfOrder : tcp.DestinationOutOfOrder) > 0,
        "winshut" => static (record, isSource) => record.Tcp is { } tcp && (isSource ? tcp.SourceZeroWindows : tcp.DestinationZeroWindows) > 0,
        "loss" => static (record, isSource) => record.Tcp is { } tcp && (isSource ? tcp.SourceLoss : tcp.DestinationLoss) > 0,
        "reset" => static (record, isSource) => (isSource ? record.SourceFlags : record.DestinationFlags) is var flags && flags > 0 && (flags & StateWords.Reset) != 0,
        _ => null,
    };

    /// <summary>A statement about the sides asked for.</summary>
    public static FlowCondition Condition(FlowSide side, Func<FlowRecord, bool, bool> holds) => side switch
    {
        FlowSide.Source => new Fact(record => holds(record, true)),
        FlowSide.Destination => new Fact(record => holds(record, false)),
        FlowSide.Both => new Fact(record => holds(record, true) && holds(record, false)),
        _ => new Fact(record => holds(record, true) || holds(record, false)),
    };

    /// <summary>A port or range of ports, of one protocol where the name of a service says so.</summary>
    public static FlowCondition Ports(FlowSide side, int first, int last, byte? protocol) => Condition(side, (record, isSource) =>
    {
        int port = isSource ? record.SourcePort : record.DestinationPort;
        return port >= first && port <= last && (protocol is null || record.ProtocolNumber == protocol) && HasPorts(record.ProtocolNumber);
    });

    // TCP, UDP, DCCP, SCTP, UDP-Lite; elsewhere the port fields hold types and codes.
    private static bool HasPorts(int protocol) => protocol is 6 or 17 or 33 or 132 or 136;
}
