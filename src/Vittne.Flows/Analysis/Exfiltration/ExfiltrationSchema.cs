using System.Globalization;
using Vittne.Packets.Records.Schema;

namespace Vittne.Flows.Analysis.Exfiltration;

/// <summary>Record <c>exfil</c>.</summary>
public static class ExfiltrationSchema
{
    /// <summary>The kind.</summary>
    public static RecordSchema Schema { get; } = new RecordSchema<ExfiltrationFinding, ExfiltrationFinding>(
        "exfil",
        "Hosts inside that send much to one outside",
        static finding => finding,
        static finding => string.Create(
            CultureInfo.InvariantCulture, $"{finding.SentBytes:N0} bytes sent, {finding.ReceivedBytes:N0} received{(finding.Carrier is null ? "" : $" in {finding.Carrier}")} ({string.Join(", ", finding.Reasons)})"),
        FindingFields.With(
            Field.Integer<ExfiltrationFinding>("sent", "payload bytes that the host sent", static finding => finding.SentBytes),
            Field.Integer<ExfiltrationFinding>("received", "payload bytes that it got", static finding => finding.ReceivedBytes),
            Field.Number<ExfiltrationFinding>("pcr", "(sent - received) / (sent + received)", static finding => finding.Ratio),
            Field.Text<ExfiltrationFinding>("carrier", "`dns` or `icmp` where it goes through what carries little", static finding => finding.Carrier),
            Field.Texts<ExfiltrationFinding>("reasons", "`bytes`, `median`, `carrier`", static finding => finding.Reasons),
            Field.Number<ExfiltrationFinding>(
                "times_median", "how many times the median of what the host sends to an outside host", static finding => double.IsNaN(finding.TimesMedian) ? null : finding.TimesMedian)));
}
