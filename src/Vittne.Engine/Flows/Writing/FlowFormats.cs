using System.Diagnostics.CodeAnalysis;
using Vittne.Engine.Flows.Writing.Export;
using Vittne.Engine.Flows.Writing.Zeek;

namespace Vittne.Engine.Flows.Writing;

/// <summary>All forms in which flow records are written, but for the table of the terminal.</summary>
public static class FlowFormats
{
    /// <summary>The forms, in the order in which help shows them.</summary>
    public static IReadOnlyList<FlowFormat> All { get; } =
    [
        new("jsonl", "one JSON object a line", TakesColumns: true, static options => new JsonFlowWriter(options)),
        new("csv", "comma-separated values (RFC 4180) with a line of names", TakesColumns: true, static options => new DelimitedFlowWriter(options, isCsv: true)),
        new("tsv", "the same with tabs, nothing quoted", TakesColumns: true, static options => new DelimitedFlowWriter(options, isCsv: false)),
        new("zeek", "Zeek's conn.log", TakesColumns: false, static options => new ZeekWriter(options)),
        new("eve", "flow events of Suricata's EVE log", TakesColumns: false, static options => new EveFlowWriter(options)),
        new("nfdump", "nfdump's CSV", TakesColumns: false, static options => new NfdumpFlowWriter(options)),
        new("argus", "text of ra -n -u -c ,", TakesColumns: true, static options => new ArgusFlowWriter(options)),
        new("ipfix", "IPFIX messages, both directions in one record", TakesColumns: false, static options => new IpfixFlowWriter(options)) { IsExport = true },
        new("netflow9", "NetFlow version 9 messages, a record for each direction", TakesColumns: false, static options => new NetflowFlowWriter(options)) { IsExport = true },
    ];

    /// <summary>Finds a form by its name.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out FlowFormat? format)
    {
        format = All.FirstOrDefault(known => known.Name == name);
        return format is not null;
    }
}
