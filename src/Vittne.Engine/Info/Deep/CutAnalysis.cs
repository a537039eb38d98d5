namespace Vittne.Engine.Info.Deep;

/// <summary>Whether packets were cut, and whether some were left out on purpose.</summary>
internal sealed class CutAnalysis(TcpFlows flows, ClockAnalysis clock) : DeepAnalysis
{
    private const int MaxLengths = 1_024;

    private readonly Dictionary<int, long> _lengths = [];
    private long _packets;
    private long _cut;

    /// <inheritdoc/>
    public override void Add(in DeepPacket packet)
    {
        _packets++;
        int captured = packet.Reference.CapturedLength;
        if (captured < packet.Reference.OriginalLength)
        {
            _cut++;
            if (_lengths.Count < MaxLengths || _lengths.ContainsKey(captured))
            {
                _lengths[captured] = _lengths.GetValueOrDefault(captured) + 1;
            }
        }
    }

    /// <inheritdoc/>
    public override void Tell(DeepReport report)
    {
        const double MostMissing = 0.5;
        const double EvenVariation = 0.1;
        KeyValuePair<int, long> common = _lengths.OrderByDescending(static item => item.Value).ThenBy(static item => item.Key).FirstOrDefault();
        double missing = Share(flows.NeverSeenBytes, flows.NeverSeenBytes + flows.PayloadBytes);
        bool isEven = clock.Variation is { } variation && variation < EvenVariation;
        bool isSampled = missing > MostMissing && flows.Judged > 0;
        string answer = _packets == 0 ? DeepAnswer.Unknown : _cut > 0 && isSampled ? "cut and sampled"
            : _cut > 0 ? "cut"
            : isSampled ? "sampled"
            : "complete";
        report.Answer(
            "cut_or_sampled",
            answer,
            _packets == 0 ? Confidence.None : _cut > 0 ? Confidence.High : isSampled ? (isEven ? Confidence.High : Confidence.Medium) : Confidence.Medium,
            ("cut_share", Share(_cut, _packets)),
            ("common_cut_length", _cut > 0 ? (long)common.Key : null),
            ("common_cut_share", _cut > 0 ? Share(common.Value, _cut) : null),
            ("missing_stream_share", missing),
            ("evenly_spaced", isEven));
    }
}
