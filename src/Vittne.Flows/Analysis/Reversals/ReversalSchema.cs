using System.Globalization;
using Vittne.Packets.Records.Schema;

namespace Vittne.Flows.Analysis.Reversals;

/// <summary>Record <c>reverse</c>.</summary>
public static class ReversalSchema
{
    /// <summary>The kind.</summary>
    public static RecordSchema Schema { get; } = new RecordSchema<ReversalFinding, ReversalFinding>(
        "reverse",
        "Clients that send more than they get, or are told what to do",
        static finding => finding,
        static finding => string.Create(
            CultureInfo.InvariantCulture, $"{finding.Kind} to port {finding.DestinationPort}: {finding.SentBytes:N0} bytes sent, {finding.ReceivedBytes:N0} received"),
        FindingFields.With(
            Field.Text<ReversalFinding>("kind", "`upload`: the client sends more; `shell`: the server speaks first, and both in short lines", static finding => finding.Kind),
            Field.Text<ReversalFinding>("proto", "protocol", static finding => finding.Protocol),
            Field.Integer<ReversalFinding>("sport", "port of the client", static finding => finding.SourcePort < 0 ? null : finding.SourcePort),
            Field.Integer<ReversalFinding>("dport", "port of the server", static finding => finding.DestinationPort < 0 ? null : finding.DestinationPort),
            Field.Text<ReversalFinding>("service", "protocol above the transport", static finding => finding.Service),
            Field.Integer<ReversalFinding>("sent", "payload bytes of the client", static finding => finding.SentBytes),
            Field.Integer<ReversalFinding>("received", "payload bytes of the server", static finding => finding.ReceivedBytes),
            Field.Number<ReversalFinding>("pcr", "(sent - received) / (sent + received)", static finding => finding.Ratio),
            Field.Number<ReversalFinding>("sent_mean", "mean payload of the client's packets, bytes", static finding => finding.SentMean),
            Field.Number<ReversalFinding>("received_mean", "mean payload of the server's packets, bytes", static finding => finding.ReceivedMean),
            Field.Flag<ReversalFinding>("server_first", "the first payload was the server's", static finding => finding.IsServerFirst)));
}
