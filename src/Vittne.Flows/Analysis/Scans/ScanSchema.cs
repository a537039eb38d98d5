using System.Globalization;
using Vittne.Packets.Records.Schema;

namespace Vittne.Flows.Analysis.Scans;

/// <summary>Record <c>scan</c>.</summary>
public static class ScanSchema
{
    /// <summary>The kind.</summary>
    public static RecordSchema Schema { get; } = new RecordSchema<ScanFinding, ScanFinding>(
        "scan",
        "Hosts that try many ports or hosts",
        static finding => finding,
        static finding => string.Create(
            CultureInfo.InvariantCulture, $"{finding.Kind} {finding.Technique}: {finding.Targets} hosts, {finding.Ports} ports, {finding.OpenCount} open"),
        FindingFields.With(
            Field.Text<ScanFinding>("kind", "`vertical` (ports of a host), `horizontal` (hosts on a port), `block` (both); `backscatter` is no scan", static finding => finding.Kind),
            Field.Text<ScanFinding>(
                "technique", "`syn` `connect` `fin` `null` `xmas` `ack` `udp` `sctp-init` `icmp-sweep` `arp-sweep` `backscatter`", static finding => finding.Technique),
            Field.Integer<ScanFinding>("targets", "different hosts that were tried", static finding => finding.Targets),
            Field.Integer<ScanFinding>("ports", "different ports that were tried", static finding => finding.Ports == 0 ? null : finding.Ports),
            Field.Text<ScanFinding>("port_list", "the ports as ranges, the first of them", static finding => finding.PortList.Length == 0 ? null : finding.PortList),
            Field.Number<ScanFinding>("unanswered", "share of the attempts that no service answered", static finding => finding.Unanswered),
            Field.Integer<ScanFinding>("open_count", "how many answered as a service does", static finding => finding.OpenCount),
            Field.Texts<ScanFinding>("open", "the first 50 of those, `ADDRESS:PORT`", static finding => finding.Open)));
}
