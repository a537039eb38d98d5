using Vittne.Flows.Records;
using Vittne.Packets;
using Vittne.Packets.Records.Schema;

namespace Vittne.Flows.Analysis.Beacons;

/// <summary>Finds hosts that call home in a rhythm: groups connections by both addresses, port and protocol, and scores each group.</summary>
public sealed class BeaconAnalysis(BeaconOptions options) : FlowAnalysis
{
    private const int Digits = 3;

    private readonly Dictionary<BeaconKey, BeaconGroup> _groups = [];
    private long _firstNs = long.MaxValue;
    private long _lastNs;
    private long _kept;

    /// <inheritdoc/>
    public override RecordSchema Schema => BeaconSchema.Schema;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns { get; } =
        ["severity", "score", "src_ip", "dst_ip", "dport", "proto", "period", "jitter", "flows", "sent", "received", "prevalence", "first", "last"];

    /// <inheritdoc/>
    public override void Add(FlowRecord record)
    {
        if (!record.Source.IsIp || !record.Destination.IsIp || record.FirstNs < 0 || !IsFlowStart(record))
        {
            return;
        }

        _firstNs = Math.Min(_firstNs, record.FirstNs);
        _lastNs = Math.Max(_lastNs, Math.Max(record.LastNs, record.FirstNs));
        if (_kept >= MaxKept)
        {
            Dropped++;
            return;
        }

        var key = new BeaconKey(record.Source.Ip, record.Destination.Ip, record.DestinationPort, record.Protocol ?? "");
        if (!_groups.TryGetValue(key, out BeaconGroup? group))
        {
            _groups.Add(key, group = new BeaconGroup());
        }

        _kept++;
        group.Add(record, Sent(record), Received(record));
    }

    /// <inheritdoc/>
    public override IEnumerable<FlowFinding> Finish(IList<string> captures)
    {
        Dictionary<IpAddress, int> prevalence = _groups.Keys.Select(static key => (key.Source, key.Destination)).Distinct()
            .GroupBy(static pair => pair.Destination).ToDictionary(static group => group.Key, static group => group.Count());
        var findings = new List<BeaconFinding>();
        foreach ((BeaconKey key, BeaconGroup group) in _groups)
        {
            if (!group.IsEnough(options.MinConnections))
            {
                continue;
            }

            BeaconScore score = BeaconScore.Of(group.Starts, group.Sizes, _firstNs, _lastNs);
            if (Math.Round(score.Total, Digits) >= options.MinScore)
            {
                findings.Add(Finding(key, group, score, prevalence[key.Destination], captures));
            }
        }

        return findings.OrderByDescending(static finding => finding.Score).ThenByDescending(static finding => finding.Flows)
            .ThenBy(static finding => finding.Flow.Source).ThenBy(static finding => finding.Flow.Destination).ThenBy(static finding => finding.Port).ThenBy(static finding => finding.Protocol, StringComparer.Ordinal);
    }

    private static BeaconFinding Finding(BeaconKey key, BeaconGroup group, in BeaconScore score, int prevalence, IList<string> captures) => new()
    {
        Flow = FlowEvidence.Between(FlowAddress.Of(key.Source), FlowAddress.Of(key.Destination), FlowProtocols.Number(key.Protocol)),
        At = group.Evidence.Stamp(captures),
        Direction = Direction.FromOriginator,
        Protocol = key.Protocol,
        Port = key.Port,
        Score = Math.Round(score.Total, Digits),
        IntervalScore = Math.Round(score.Interval, Digits),
        SizeScore = Math.Round(score.Size, Digits),
        CoverageScore = Math.Round(score.Coverage, Digits),
        HistogramScore = Math.Round(score.Histogram, Digits),
        Period = Math.Round(score.Period, Digits),
        Jitter = Math.Round(score.Jitter, Digits),
        SentBytes = group.Sent,
        ReceivedBytes = group.Received,
        Prevalence = prevalence,
        Flows = group.Evidence.Count,
        FirstNs = group.Evidence.FirstNs,
        LastNs = group.Evidence.LastNs,
        Evidence = group.Evidence.Ids,
    };
}
