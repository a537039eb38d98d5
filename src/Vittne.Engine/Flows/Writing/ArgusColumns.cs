using System.Diagnostics.CodeAnalysis;
using Vittne.Flows.Records;

namespace Vittne.Engine.Flows.Writing;

/// <summary>Fields as <c>ra</c> heads its columns.</summary>
internal static class ArgusColumns
{
    /// <summary>ra's column of flags, which only its output has.</summary>
    public const string Flags = "Flgs";

    private static readonly (string Field, string Label)[] Table =
    [
        ("stime", "StartTime"), ("ltime", "LastTime"), ("dur", "Dur"), ("proto", "Proto"), ("saddr", "SrcAddr"), ("sport", "Sport"), ("dir", "Dir"),
        ("daddr", "DstAddr"), ("dport", "Dport"), ("spkts", "SrcPkts"), ("dpkts", "DstPkts"), ("pkts", "TotPkts"), ("sbytes", "SrcBytes"),
        ("dbytes", "DstBytes"), ("bytes", "TotBytes"), ("sappbytes", "SAppBytes"), ("dappbytes", "DAppBytes"), ("appbytes", "TotAppByte"), ("pcr", "PCRatio"),
        ("state", "State"), ("tcprtt", "TcpRtt"), ("synack", "SynAck"), ("ackdat", "AckDat"), ("sretrans", "SrcRetra"), ("dretrans", "DstRetra"),
        ("retrans", "Retrans"), ("sgap", "SrcGap"), ("dgap", "DstGap"), ("sloss", "SrcLoss"), ("dloss", "DstLoss"), ("loss", "Loss"), ("swin", "SrcWin"),
        ("dwin", "DstWin"), ("sisn", "SrcTCPBase"), ("disn", "DstTCPBase"), ("tcpopt", "TcpOpt"), ("sttl", "sTtl"), ("dttl", "dTtl"), ("stos", "sTos"),
        ("dtos", "dTos"), ("smac", "SrcMac"), ("dmac", "DstMac"), ("soui", "SrcOui"), ("doui", "DstOui"), ("vlan", "sVlan"), ("mpls", "sMpls"),
        ("inode", "Inode"), ("scountry", "sCo"), ("dcountry", "dCo"), ("sas", "sAS"), ("das", "dAS"), ("srate", "SrcRate"), ("drate", "DstRate"),
        ("rate", "Rate"), ("sload", "SrcLoad"), ("dload", "DstLoad"), ("load", "Load"), ("siat_mean", "SIntPkt"), ("diat_mean", "DIntPkt"),
        ("sjit", "SrcJitter"), ("djit", "DstJitter"), ("ssize_mean", "sMeanPktSz"), ("dsize_mean", "dMeanPktSz"), ("ssize_min", "sMinPktSz"),
        ("dsize_min", "dMinPktSz"), ("ssize_max", "sMaxPktSz"), ("dsize_max", "dMaxPktSz"), ("trans", "Trans"), ("runtime", "RunTime"), ("mean", "Mean"),
        ("min", "Min"), ("max", "Max"), ("stddev", "StdDev"),
    ];

    private static readonly Dictionary<string, string> LabelByField = Table.ToDictionary(static row => row.Field, static row => row.Label);
    private static readonly Dictionary<string, string> FieldByLabel = Table.ToDictionary(static row => row.Label, static row => row.Field, StringComparer.OrdinalIgnoreCase);

    /// <summary>The columns that ra prints when it is not told which; <see cref="Flags"/> comes second.</summary>
    public static IReadOnlyList<FlowColumn> Default { get; } =
        [.. ((string[])["stime", "proto", "saddr", "sport", "dir", "daddr", "dport", "pkts", "bytes", "state"]).Select(static name => new FlowColumn(name, FlowFields.Get(name)))];

    /// <summary>The heading of a column: ra's, or the field's name where ra has no such column.</summary>
    public static string Label(FlowField field) => LabelByField.GetValueOrDefault(field.Name, field.Name);

    /// <summary>The field under a heading.</summary>
    public static bool TryFind(string label, [NotNullWhen(true)] out FlowField? field)
    {
        field = null;
        return FieldByLabel.TryGetValue(label, out string? name) ? FlowFields.TryFind(name, out field) : FlowFields.TryFind(label, out field);
    }
}
