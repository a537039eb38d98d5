using Vittne.Flows.Records;

namespace Vittne.Flows.Aggregation;

/// <summary>What must be summed to tell means and deviations of several records.</summary>
internal sealed class FlowSums
{
    private const int MeanFields = 4;

    private readonly long[] _sums = new long[MeanFields];
    private readonly long[] _counts = new long[MeanFields];
    private long _flows;
    private long _timed;
    private long _runtimeNs = -1;
    private double _mean;
    private double _squares;
    private long _minNs = -1;
    private long _maxNs = -1;

    /// <summary>Takes a record in: a flow, or what an earlier aggregation made of several.</summary>
    public void Add(FlowRecord record)
    {
        FlowMerged? merged = record.Merged;
        long flows = Math.Max(merged?.Flows ?? 1, 1);
        long duration = record.DurationNs;
        _flows = FlowRecord.Sum(_flows, flows);
        if (duration >= 0)
        {
            bool isMerged = merged is { RuntimeNs: >= 0 };
            _runtimeNs = FlowRecord.Sum(_runtimeNs, isMerged ? merged!.RuntimeNs : duration);
            _minNs = MergeRules.Smaller(_minNs, isMerged ? merged!.DurationMinNs : duration);
            _maxNs = Math.Max(_maxNs, isMerged ? merged!.DurationMaxNs : duration);
            AddMoments(isMerged ? flows : 1, isMerged ? merged!.DurationMean : duration / 1e9, isMerged ? merged!.DurationDeviation : 0);
        }

        if (record.Tcp is { } tcp)
        {
            AddMean(0, tcp.RoundTripNs, merged);
            AddMean(1, tcp.SynToSynAckNs, merged);
            AddMean(2, tcp.SynAckToAckNs, merged);
            AddMean(3, tcp.MeanRoundTripNs, merged);
        }
    }

    /// <summary>Writes what was summed into the merged record.</summary>
    public void Tell(FlowRecord record)
    {
        FlowMerged merged = record.NeedMerged();
        merged.Flows = _flows;
        merged.RuntimeNs = _runtimeNs;
        merged.DurationMinNs = _minNs;
        merged.DurationMaxNs = _maxNs;
        merged.DurationMean = _timed == 0 ? double.NaN : _runtimeNs / 1e9 / _timed;
        merged.DurationDeviation = _timed == 0 ? double.NaN : Math.Sqrt(_squares / _timed);
        merged.MeanParts = [.. _sums, .. _counts];
        if (_counts.AsSpan().ContainsAnyExcept(0))
        {
            FlowTcp tcp = record.NeedTcp();
            tcp.RoundTripNs = Mean(0);
            tcp.SynToSynAckNs = Mean(1);
            tcp.SynAckToAckNs = Mean(2);
            tcp.MeanRoundTripNs = Mean(3);
        }
    }

    // Chan, Golub, LeVeque: moments of two sets joined, stable for long sums.
    private void AddMoments(long count, double mean, double deviation)
    {
        if (!double.IsFinite(mean))
        {
            return;
        }

        double difference = mean - _mean;
        long total = _timed + count;
        _squares += (double.IsFinite(deviation) ? deviation * deviation * count : 0) + (difference * difference * _timed * count / total);
        _mean += difference * count / total;
        _timed = total;
    }

    private void AddMean(int index, long value, FlowMerged? merged)
    {
        if (value < 0)
        {
            return;
        }

        if (merged?.MeanParts is { } parts)
        {
            _sums[index] = FlowRecord.Sum(_sums[index], parts[index]);
            _counts[index] += parts[MeanFields + index];
            return;
        }

        long count = Math.Max(merged?.Flows ?? 1, 1);
        UInt128 weighted = (UInt128)(ulong)value * (ulong)count;
        _sums[index] = weighted > long.MaxValue ? long.MaxValue : FlowRecord.Sum(_sums[index], (long)weighted);
        _counts[index] += count;
    }

    private long Mean(int index) => _counts[index] == 0 ? -1 : _sums[index] / _counts[index];
}
