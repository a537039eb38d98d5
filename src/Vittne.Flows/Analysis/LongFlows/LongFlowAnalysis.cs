using Vittne.Flows.Records;
using Vittne.Packets;
using Vittne.Packets.Records.Schema;

namespace Vittne.Flows.Analysis.LongFlows;

/// <summary>Finds flows that last an hour, or as long as the capture.</summary>
public sealed class LongFlowAnalysis(LongFlowOptions options) : FlowAnalysis
{
    // Candidates are a small part of all flows; a million would be 2^40 seconds of conversation.
    private const int MaxCandidates = 1_000_000;

    private readonly List<FlowRecord> _candidates = [];
    private readonly Dictionary<string, (long FirstNs, long LastNs)> _spans = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override RecordSchema Schema => LongFlowSchema.Schema;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns { get; } = ["dur", "open", "share", "proto", "src_ip", "sport", "dst_ip", "dport", "service", "bytes", "rate", "silence", "first", "last"];

    /// <inheritdoc/>
    public override void Add(FlowRecord record)
    {
        if (record.FirstNs < 0 || record.LastNs < 0)
        {
            return;
        }

        string capture = record.Capture ?? "";
        _spans[capture] = _spans.TryGetValue(capture, out (long FirstNs, long LastNs) span)
            ? (Math.Min(span.FirstNs, record.FirstNs), Math.Max(span.LastNs, record.LastNs))
            : (record.FirstNs, record.LastNs);
        if (record.DurationNs < options.MinNs && (record.DurationNs < options.MinOpenNs || !IsOpen(record)))
        {
            return;
        }

        if (_candidates.Count >= MaxCandidates)
        {
            Dropped++;
            return;
        }

        _candidates.Add(record.Copy());
    }

    /// <inheritdoc/>
    public override IEnumerable<FlowFinding> Finish(IList<string> captures)
    {
        var findings = new List<LongFlowFinding>();
        foreach (FlowRecord record in _candidates)
        {
            (long firstNs, long lastNs) = _spans[record.Capture ?? ""];
            double share = lastNs == firstNs ? 0 : Math.Round((double)record.DurationNs / (lastNs - firstNs), 3);
            if (record.DurationNs >= options.MinNs || share >= options.OpenShare)
            {
                findings.Add(Finding(record, share, captures));
            }
        }

        return findings.OrderByDescending(static finding => finding.DurationNs).ThenBy(static finding => finding.FirstNs)
            .ThenBy(static finding => finding.Flow.Source).ThenBy(static finding => finding.Flow.Destination).ThenBy(static finding => finding.SourcePort);
    }

    private static bool IsOpen(FlowRecord record) => record.Reason == "eof" && record.State is not ("CLO" or "RST" or "FIN");

    private static LongFlowFinding Finding(FlowRecord record, double share, IList<string> captures)
    {
        var evidence = new FlowEvidence();
        evidence.Add(record);
        return new LongFlowFinding
        {
            Flow = FlowEvidence.Between(record.Source, record.Destination, record.ProtocolNumber),
            At = evidence.Stamp(captures),
            Direction = Direction.FromOriginator,
            Protocol = record.Protocol ?? "",
            SourcePort = record.SourcePort,
            DestinationPort = record.DestinationPort,
            Service = record.Service,
            DurationNs = record.DurationNs,
            IsOpen = IsOpen(record),
            Share = share,
            Bytes = Math.Max(record.Bytes, 0),
            Rate = record.DurationNs == 0 ? 0 : Math.Round(Math.Max(record.Bytes, 0) * 8e9 / record.DurationNs, 1),
            SilenceNs = record.Statistics?.LongestSilenceNs ?? -1,
            Flows = 1,
            FirstNs = record.FirstNs,
            LastNs = record.LastNs,
            Evidence = evidence.Ids,
        };
    }
}
