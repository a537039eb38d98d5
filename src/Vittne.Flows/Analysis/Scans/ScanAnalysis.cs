using Vittne.Flows.Records;
using Vittne.Packets;
using Vittne.Packets.Records.Schema;

namespace Vittne.Flows.Analysis.Scans;

/// <summary>Finds hosts that try many ports of a host or many hosts on a port within a window of time and get few answers.</summary>
public sealed class ScanAnalysis(ScanOptions options) : FlowAnalysis
{
    private readonly Dictionary<(IpAddress Sender, ScanTechnique Technique), List<ScanAttempt>> _attempts = [];
    private int _kept;

    /// <inheritdoc/>
    public override RecordSchema Schema => ScanSchema.Schema;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns { get; } =
        ["kind", "technique", "src_ip", "dst_ip", "targets", "ports", "port_list", "flows", "unanswered", "open_count", "open", "first", "last"];

    /// <inheritdoc/>
    public override void Add(FlowRecord record)
    {
        if (!IsFlowStart(record) || !ScanClassifier.TryRead(record, out ScanTechnique technique, out IpAddress sender, out ScanAttempt attempt))
        {
            return;
        }

        if (_kept >= MaxKept)
        {
            Dropped++;
            return;
        }

        _kept++;
        if (!_attempts.TryGetValue((sender, technique), out List<ScanAttempt>? attempts))
        {
            _attempts.Add((sender, technique), attempts = []);
        }

        attempts.Add(attempt);
    }

    /// <inheritdoc/>
    public override IEnumerable<FlowFinding> Finish(IList<string> captures)
    {
        var findings = new List<ScanFinding>();
        foreach (((IpAddress sender, ScanTechnique technique), List<ScanAttempt> unordered) in _attempts)
        {
            if (unordered.Count < Math.Min(options.MinPorts, options.MinHosts))
            {
                continue;
            }

            // Records come in order of their ends; a stable sort, so that attempts of one instant stay in that order.
            List<ScanAttempt> attempts = [.. unordered.OrderBy(static attempt => attempt.StartNs)];
            bool[] isVertical = new bool[attempts.Count], isHorizontal = new bool[attempts.Count];
            new ScanWindow(options).Mark(attempts, isVertical, isHorizontal);
            Collect(sender, technique, attempts, isVertical, isHorizontal, captures, findings);
        }

        return findings.OrderByDescending(static finding => finding.Flows).ThenBy(static finding => finding.FirstNs)
            .ThenBy(static finding => finding.Flow.Source).ThenBy(static finding => finding.Technique, StringComparer.Ordinal);
    }

    /// <summary>Marked attempts that follow each other within a window are one scan.</summary>
    private void Collect(
        IpAddress sender, ScanTechnique technique, List<ScanAttempt> attempts, bool[] isVertical, bool[] isHorizontal, IList<string> captures, List<ScanFinding> findings)
    {
        ScanSummary? current = null;
        for (int i = 0; i < attempts.Count; i++)
        {
            // One port of many hosts is no vertical scan, whatever happens on the host's other ports; backscatter has no ports.
            bool isVerticalPart = isVertical[i] && technique is not (ScanTechnique.IcmpSweep or ScanTechnique.ArpSweep or ScanTechnique.Backscatter);
            if (!isVerticalPart && !isHorizontal[i])
            {
                continue;
            }

            if (current is not null && attempts[i].StartNs - current.LastStartNs > options.WindowNs)
            {
                findings.Add(current.Tell(sender, technique, captures));
                current = null;
            }

            current ??= new ScanSummary();
            current.Add(attempts[i], isVerticalPart, isHorizontal[i]);
        }

        if (current is not null)
        {
            findings.Add(current.Tell(sender, technique, captures));
        }
    }
}
