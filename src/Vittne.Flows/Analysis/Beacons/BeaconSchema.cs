using System.Globalization;
using Vittne.Packets.Records.Schema;

namespace Vittne.Flows.Analysis.Beacons;

/// <summary>Record <c>beacon</c>.</summary>
public static class BeaconSchema
{
    /// <summary>The kind.</summary>
    public static RecordSchema Schema { get; } = new RecordSchema<BeaconFinding, BeaconFinding>(
        "beacon",
        "Hosts that connect to another one in a regular rhythm",
        static finding => finding,
        static finding => string.Create(
            CultureInfo.InvariantCulture, $"{finding.Protocol} port {finding.Port}: every {finding.Period:0.###} s ± {finding.Jitter:P0}, {finding.Flows} connections, score {finding.Score:0.000}"),
        FindingFields.With(
            Field.Text<BeaconFinding>("severity", "`low` from 0.7, `medium` from 0.85, `high` from 0.95", static finding => finding.Severity),
            Field.Number<BeaconFinding>("score", "mean of the four parts, 0 to 1", static finding => finding.Score),
            Field.Text<BeaconFinding>("proto", "protocol", static finding => finding.Protocol),
            Field.Integer<BeaconFinding>("dport", "port of the responder", static finding => finding.Port < 0 ? null : finding.Port),
            Field.Number<BeaconFinding>("period", "median time between connections, s", static finding => finding.Period),
            Field.Number<BeaconFinding>("jitter", "median distance from the period, as a share of it", static finding => finding.Jitter),
            Field.Number<BeaconFinding>("interval_score", "regularity of times between connections", static finding => finding.IntervalScore),
            Field.Number<BeaconFinding>("size_score", "regularity of bytes sent", static finding => finding.SizeScore),
            Field.Number<BeaconFinding>("coverage_score", "share of the observed time that has connections", static finding => finding.CoverageScore),
            Field.Number<BeaconFinding>("histogram_score", "evenness over slots of time", static finding => finding.HistogramScore),
            Field.Integer<BeaconFinding>("sent", "payload bytes of the originator", static finding => finding.SentBytes),
            Field.Integer<BeaconFinding>("received", "payload bytes of the responder", static finding => finding.ReceivedBytes),
            Field.Integer<BeaconFinding>("prevalence", "hosts that talk to that destination", static finding => finding.Prevalence)));
}
