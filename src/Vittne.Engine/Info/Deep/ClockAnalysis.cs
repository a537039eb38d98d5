using System.Globalization;
using System.Numerics;

namespace Vittne.Engine.Info.Deep;

/// <summary>The clock of the capture: steps back, gaps, equal times, the digits that are really used, dates that cannot be.</summary>
/// <param name="nowNs">The present: packets cannot be of later.</param>
internal sealed class ClockAnalysis(long nowNs) : DeepAnalysis
{
    private const long SecondNs = 1_000_000_000;
    private const long Year1990Ns = 631_152_000 * SecondNs;
    private const int MaxGaps = 1_000;
    private const int Told = 10;
    private const int MinForVariation = 50;
    private const int MaxDigits = 9;

    private readonly PriorityQueue<(long Packet, long Ns), long> _gaps = new();
    private readonly long[] _steps = new long[65];
    private long _lastNs;
    private long _packets;
    private long _backward;
    private long _largestBackward;
    private long _equal;
    private long _beforeTime;
    private long _future;
    private int _digits;
    private long _unit = SecondNs;
    private double _mean;
    private double _squares;

    /// <summary>Standard deviation of the time between packets as a part of its mean; null of few packets.</summary>
    public double? Variation => _packets >= MinForVariation && _mean > 0 ? Math.Sqrt(_squares / (_packets - 1)) / _mean : null;

    /// <inheritdoc/>
    public override void Add(in DeepPacket packet)
    {
        long now = packet.Reference.TimestampNs;
        _beforeTime += now < Year1990Ns ? 1 : 0;
        _future += now > nowNs ? 1 : 0;
        CountDigits(now);
        if (_packets++ > 0)
        {
            Step(now - _lastNs, packet.Reference.Number);
        }

        _lastNs = now;
    }

    /// <inheritdoc/>
    public override void Tell(DeepReport report)
    {
        long median = Median();
        List<(long Packet, long Ns)> gaps = [.. _gaps.UnorderedItems
            .Select(static item => item.Element)
            .Where(item => item.Ns / 10 > median)
            .OrderByDescending(static item => item.Ns)
            .ThenBy(static item => item.Packet)];
        bool isAbsurd = _beforeTime + _future > 0;
        report.Answer(
            "clock",
            _packets == 0 ? DeepAnswer.Unknown : isAbsurd ? "dates that cannot be"
                : _backward > 0 ? "steps back"
                : gaps.Count > 0 ? "gaps"
                : "plausible",
            _packets == 0 ? Confidence.None : isAbsurd || _backward > 0 ? Confidence.High : Confidence.Medium,
            ("steps_back", _backward),
            ("largest_step_back_ns", _largestBackward),
            ("gaps", (long)gaps.Count),
            ("equal_times_share", Share(_equal, Math.Max(0, _packets - 1))),
            ("resolution", Resolution()),
            ("median_between_packets_ns_below", _packets > 1 ? median : null),
            ("before_1990", _beforeTime),
            ("after_now", _future));
        report.Table("gaps", ["packet", "seconds"], gaps.Take(Told).Select(static item => new object?[] { item.Packet, Math.Round(item.Ns / 1e9, 6) }));
    }

    private void Step(long step, long packet)
    {
        if (step < 0)
        {
            _backward++;
            _largestBackward = Math.Max(_largestBackward, -step);
            return;
        }

        _equal += step == 0 ? 1 : 0;
        _steps[64 - BitOperations.LeadingZeroCount((ulong)step)]++;
        double away = step - _mean;
        _mean += away / (_packets - 1);
        _squares += away * (step - _mean);
        if (step > SecondNs)
        {
            _gaps.Enqueue((packet, step), step);
            if (_gaps.Count > MaxGaps)
            {
                _gaps.Dequeue();
            }
        }
    }

    /// <summary>How many decimals of a second are in use.</summary>
    private void CountDigits(long now)
    {
        while (_digits < MaxDigits && now % _unit != 0)
        {
            _digits++;
            _unit /= 10;
        }
    }

    private string? Resolution() => _packets == 0 ? null : _digits switch
    {
        0 => "1 s",
        3 => "1 ms",
        6 => "1 us",
        9 => "1 ns",
        _ => string.Create(CultureInfo.InvariantCulture, $"1e-{_digits} s"),
    };

    private long Median()
    {
        long all = _steps.Sum();
        long below = 0;
        for (int i = 0; i < _steps.Length && all > 0; i++)
        {
            below += _steps[i];
            if (below * 2 >= all)
            {
                return i == 0 ? 0 : i >= 63 ? long.MaxValue : 1L << i;
            }
        }

        return 0;
    }
}
