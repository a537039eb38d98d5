using System.Globalization;
using Vittne.Packets.Records.Schema;

namespace Vittne.Flows.Analysis.LongFlows;

/// <summary>Record <c>long</c>.</summary>
public static class LongFlowSchema
{
    /// <summary>The kind.</summary>
    public static RecordSchema Schema { get; } = new RecordSchema<LongFlowFinding, LongFlowFinding>(
        "long",
        "Flows that last long",
        static finding => finding,
        static finding => string.Create(
            CultureInfo.InvariantCulture,
            $"{finding.Protocol} {finding.SourcePort} > {finding.DestinationPort}: {FindingFields.Seconds(finding.DurationNs):0.0} s{(finding.IsOpen ? ", still open" : "")}, {finding.Bytes:N0} bytes"),
        FindingFields.With(
            Field.Number<LongFlowFinding>("dur", "duration, s", static finding => FindingFields.Seconds(finding.DurationNs)),
            Field.Flag<LongFlowFinding>("open", "still open at the end of the capture", static finding => finding.IsOpen),
            Field.Number<LongFlowFinding>("share", "share of the capture's time that it covers", static finding => finding.Share),
            Field.Text<LongFlowFinding>("proto", "protocol", static finding => finding.Protocol),
            Field.Integer<LongFlowFinding>("sport", "port of the originator", static finding => finding.SourcePort < 0 ? null : finding.SourcePort),
            Field.Integer<LongFlowFinding>("dport", "port of the responder", static finding => finding.DestinationPort < 0 ? null : finding.DestinationPort),
            Field.Text<LongFlowFinding>("service", "protocol above the transport", static finding => finding.Service),
            Field.Integer<LongFlowFinding>("bytes", "link-layer bytes of both sides", static finding => finding.Bytes),
            Field.Number<LongFlowFinding>("rate", "mean rate of both sides, bit/s", static finding => finding.Rate),
            Field.Number<LongFlowFinding>("silence", "longest time without a packet, s", static finding => finding.SilenceNs < 0 ? null : FindingFields.Seconds(finding.SilenceNs))));
}
