using Vittne.Packets;
using Vittne.Protocols;

namespace Vittne.Engine.Info.Deep;

/// <summary>Follows TCP connections: which directions are there, what was lost, by whom, and the clocks of the hosts.</summary>
internal sealed class TcpFlows : DeepAnalysis
{
    private const int MaxFlows = 200_000;
    private const int MaxTries = 4;
    private const int MinPackets = 3;
    private const long MinClockNs = 5_000_000_000;
    private const int MaxSources = 1_024;
    private const int Told = 5;

    private static readonly int[] ClockRates = [10, 100, 250, 1_000];

    private readonly Dictionary<FlowName, TcpFlow> _flows = [];
    private long _untracked;
    private long _segments;
    private long _repeats;
    private long _repeatedBytes;
    private long _losses;

    /// <summary>Protocol in the connection of the packet that was added last, or null.</summary>
    public string? Application { get; private set; }

    /// <summary>Connections that say something about directions: three packets or more, and not only attempts.</summary>
    public long Judged => _flows.Values.LongCount(IsJudged);

    /// <summary>Those of them with packets of both sides.</summary>
    public long TwoWay => _flows.Values.LongCount(static flow => IsJudged(flow) && flow.Side(isLow: true).Packets > 0 && flow.Side(isLow: false).Packets > 0);

    /// <summary>Bytes that a side acknowledged and that are not in the capture.</summary>
    public long NeverSeenBytes { get; private set; }

    /// <summary>Bytes of payload in all segments.</summary>
    public long PayloadBytes { get; private set; }

    /// <summary>Public addresses, up to a bound, that opened connections which nobody answered.</summary>
    public long UnansweredSources
    {
        get
        {
            var sources = new HashSet<IpAddress>();
            foreach ((FlowName name, TcpFlow flow) in _flows)
            {
                bool isLow = flow.Side(isLow: true).Packets > 0;
                IpAddress source = isLow ? name.Low : name.High;
                if (flow.Side(!isLow).Packets == 0 && flow.Side(isLow).Beyond == 0 && source.IsPublic && sources.Count < MaxSources)
                {
                    sources.Add(source);
                }
            }

            return sources.Count;
        }
    }

    /// <inheritdoc/>
    public override void Add(in DeepPacket packet)
    {
        Application = null;
        if (!packet.IsTcp)
        {
            return;
        }

        FlowName name = FlowName.Of(packet.Headers, out bool isLow);
        if (!_flows.TryGetValue(name, out TcpFlow? flow))
        {
            if (_flows.Count >= MaxFlows)
            {
                _untracked++;
                return;
            }

            _flows[name] = flow = new TcpFlow();
        }

        Follow(packet, flow, isLow);
        Application = Recognise(packet, flow);
    }

    /// <inheritdoc/>
    public override void Tell(DeepReport report)
    {
        List<(string Host, long SpanNs, double Ppm, int Rate)> clocks = Clocks();
        report.Table(
            "host_clocks",
            ["host", "span_s", "ticks_per_second", "skew_ppm"],
            clocks.Take(Told).Select(static item => new object?[] { item.Host, Math.Round(item.SpanNs / 1e9, 3), (long)item.Rate, Math.Round(item.Ppm, 1) }));
    }

    /// <summary>Tells what is missing.</summary>
    /// <param name="report">Where it is told.</param>
    /// <param name="dropped">Packets that the interfaces say were dropped; null when they say nothing.</param>
    public void TellLoss(DeepReport report, long? dropped)
    {
        bool isCapture = NeverSeenBytes > 0 || dropped > 0;
        bool isNetwork = _repeats > 0;
        report.Answer(
            "loss",
            _segments == 0 && dropped is null ? DeepAnswer.Unknown
                : isCapture && isNetwork ? "lost by the capture and in the network"
                : isCapture ? "lost by the capture"
                : isNetwork ? "lost in the network"
                : "nothing",
            _segments == 0 && dropped is null ? Confidence.None
                : dropped > 0 || _losses > 2 ? Confidence.High
                : isCapture || isNetwork || _segments > 100 ? Confidence.Medium
                : Confidence.Low,
            ("acknowledged_never_seen_bytes", NeverSeenBytes),
            ("acknowledged_never_seen_places", _losses),
            ("retransmissions", _repeats),
            ("retransmitted_bytes", _repeatedBytes),
            ("tcp_segments", _segments),
            ("dropped_by_interfaces", dropped),
            ("segments_of_untracked_flows", _untracked));
    }

    private static bool IsJudged(TcpFlow flow)
    {
        ref TcpSide low = ref flow.Side(isLow: true);
        ref TcpSide high = ref flow.Side(isLow: false);
        return low.Packets + high.Packets >= MinPackets && low.Beyond + high.Beyond > 0;
    }

    private static string? Recognise(in DeepPacket packet, TcpFlow flow)
    {
        if (packet.Headers.PayloadLength == 0)
        {
            return null;
        }

        if (flow.Application is null && flow.Tries < MaxTries)
        {
            flow.Tries++;
            if (ProtocolRegistry.RecogniseStream(packet.Payload, packet.Headers.SourcePort, packet.Headers.DestinationPort, out StreamProtocol? protocol) == Recognition.Yes)
            {
                flow.Application = protocol?.Name;
            }
        }

        return flow.Application ?? "data";
    }

    private void Follow(in DeepPacket packet, TcpFlow flow, bool isLow)
    {
        ref readonly DecodedPacket headers = ref packet.Headers;
        ref TcpSide side = ref flow.Side(isLow);
        bool isSyn = packet.HasFlags(TcpFlag.Syn);
        int space = headers.PayloadWireLength + (isSyn ? 1 : 0) + (packet.HasFlags(TcpFlag.Fin) ? 1 : 0);
        _segments++;
        PayloadBytes += headers.PayloadWireLength;
        side.Packets++;
        side.Beyond += isSyn && !packet.HasFlags(TcpFlag.Ack) ? 0 : 1;
        if (packet.HasFlags(TcpFlag.Rst))
        {
            // Numbers of a reset may be anything.
            return;
        }

        side.Send(headers.SequenceNumber, space, isSyn, out int repeated);

        // One byte that comes again is a probe whether the other side is still there.
        if (repeated > 1 || (repeated == 1 && isSyn))
        {
            _repeats++;
            _repeatedBytes += repeated;
        }

        if (packet.HasFlags(TcpFlag.Ack))
        {
            long lost = flow.Side(!isLow).Acknowledge(headers.AcknowledgmentNumber);
            if (lost > 0)
            {
                _losses++;
                NeverSeenBytes += lost;
            }
        }

        ReadOnlySpan<byte> segment = packet.TcpSegment(out int headerLength);
        if (headerLength > 20 && segment.Length >= headerLength && new TcpOptions(segment[..headerLength]) is { HasTimestamp: true, Timestamp: var ticks })
        {
            if (!side.HasClock)
            {
                side.HasClock = true;
                side.ClockFirst = ticks;
                side.ClockFirstNs = packet.Reference.TimestampNs;
            }

            side.ClockLast = ticks;
            side.ClockLastNs = packet.Reference.TimestampNs;
        }
    }

    /// <summary>The clocks of hosts against the clock of the capture, those that were seen longest first; one for each host.</summary>
    private List<(string Host, long SpanNs, double Ppm, int Rate)> Clocks()
    {
        var best = new Dictionary<IpAddress, (long SpanNs, double Ppm, int Rate)>();
        foreach ((FlowName name, TcpFlow flow) in _flows)
        {
            for (int i = 0; i < 2; i++)
            {
                ref TcpSide side = ref flow.Side(isLow: i == 0);
                long span = side.ClockLastNs - side.ClockFirstNs;
                IpAddress host = i == 0 ? name.Low : name.High;
                if (side.HasClock && span >= MinClockNs && (!best.TryGetValue(host, out (long SpanNs, double Ppm, int Rate) known) || known.SpanNs < span))
                {
                    double rate = (side.ClockLast - side.ClockFirst) / (span / 1e9);
                    int nominal = ClockRates.MinBy(candidate => Math.Abs(Math.Log(Math.Max(rate, 1e-3) / candidate)));
                    best[host] = (span, ((rate / nominal) - 1) * 1e6, nominal);
                }
            }
        }

        return [.. best
            .OrderByDescending(static item => item.Value.SpanNs)
            .ThenBy(static item => item.Key)
            .Select(static item => (item.Key.ToString(), item.Value.SpanNs, item.Value.Ppm, item.Value.Rate))];
    }
}
