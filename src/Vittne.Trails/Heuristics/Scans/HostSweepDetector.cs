using System.Globalization;
using Vittne.Flows;
using Vittne.Flows.Table;
using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Trails.Heuristics.Scans;

/// <summary>
/// One source asks many destinations for the same thing - a TCP or UDP port, or an echo - and hardly any accepts (horizontal scan). Whether
/// a destination accepts is known when its flow ends, so a sweep is told about a minute after it began, or at the end of the capture.
/// </summary>
internal sealed class HostSweepDetector(HeuristicReadings readings, int maxKeys = HostSweepDetector.DefaultMaxKeys) : IRecordDetector
{
    private const int Threshold = 32;
    private const int WindowSeconds = 60;
    private const long WindowNs = WindowSeconds * 1_000_000_000L;

    /// <summary>Destinations of a sweep that are counted but not watched, since they made it one.</summary>
    private const int Unwatched = SweepSketch.Several - 1;

    /// <summary>Sources that ask several destinations, at a time; at most 2 KB each.</summary>
    private const int DefaultMaxKeys = 4096;

    private const ushort EchoRequest = 8;
    private const ushort EchoReply = 0;
    private const ushort EchoRequestV6 = 128;
    private const ushort EchoReplyV6 = 129;

    private readonly SweepSketch _sketch = new(WindowNs);
    private readonly RecencyMap<Key, SweepWatch> _watches = new(maxKeys);

    /// <summary>What was found silent at one packet, and the last record that said so.</summary>
    private readonly List<Key> _settled = [];
    private UnansweredFlowsRecord? _settledBy;

    public static DetectorDescriptor Descriptor { get; } =
        new("host-sweep", "sources that ask many hosts for one port and are not answered");

    public RecordInterest Interest => RecordInterest.FlowStarts | RecordInterest.Others;

    public long Dropped { get; private set; }

    public void OnRecord(Record record, IRecordSink findings)
    {
        if (_settledBy is not null && record.At.Ordinal != _settledBy.At.Ordinal)
        {
            Judge(_settledBy, findings);
        }

        switch (record)
        {
            case FlowStartRecord start:
                OnStart(start);
                break;
            case UnansweredFlowsRecord silent when _watches.Count > 0:
                foreach (FlowEntry flow in silent.Flows)
                {
                    OnUnanswered(silent, flow);
                }

                break;
        }
    }

    public void OnEnd(in PacketStamp at, IRecordSink findings)
    {
        if (_settledBy is not null)
        {
            Judge(_settledBy, findings);
        }
    }

    private void OnStart(FlowStartRecord start)
    {
        FlowIdentity flow = start.Flow;
        if (flow.Protocol is IpProtocol.Icmp or IpProtocol.IcmpV6 && flow.SourcePort == (flow.Protocol == IpProtocol.Icmp ? EchoReply : EchoReplyV6))
        {
            if (_watches.TryLocate(new Key(flow.Destination, 0, flow.Protocol), out int place))
            {
                _watches.At(place).Answer(flow.Source);
            }

            return;
        }

        if (start.Direction != Direction.FromOriginator || !IsQuestion(flow.Protocol, flow.SourcePort, flow.DestinationPort, flow.Destination, start.TcpFlags))
        {
            return;
        }

        ushort port = PortOf(flow.Protocol, flow.DestinationPort);
        long nowNs = start.At.TimestampNs;
        if (_sketch.IsSeveral(flow.Source, port, flow.Protocol, flow.Destination, nowNs))
        {
            ref SweepWatch watch = ref _watches.Touch(new Key(flow.Source, port, flow.Protocol), out SweepWatch evicted);
            Dropped += evicted.IsOpen(nowNs, WindowNs) ? 1 : 0;
            watch.Add(flow, nowNs);
        }
    }

    private void OnUnanswered(UnansweredFlowsRecord record, in FlowEntry flow)
    {
        if ((flow.State & FlowState.SeenOriginator) == 0
            || !IsQuestion(flow.Protocol, flow.SourcePort, flow.DestinationPort, flow.Destination, flow.FirstFlags))
        {
            return;
        }

        var key = new Key(flow.Source, PortOf(flow.Protocol, flow.DestinationPort), flow.Protocol);
        if (_watches.TryLocate(key, out int place) && _watches.At(place).Silence(flow.Destination, Threshold - Unwatched))
        {
            _settled.Add(key);
            _settledBy = record;
        }
    }

    // Flows that end at one packet come in no order that says anything, so they are judged together.
    private void Judge(UnansweredFlowsRecord by, IRecordSink findings)
    {
        foreach (Key key in _settled)
        {
            if (!_watches.TryLocate(key, out int place)
                || _watches.At(place).Judge(Threshold - Unwatched, WindowNs, out int watched, out int unanswered) is not { } first)
            {
                continue;
            }

            UnansweredFlowsRecord sweep = by with { Flow = first };
            if (readings.IsMuted(sweep))
            {
                continue;
            }

            string target = key.Protocol switch
            {
                IpProtocol.Tcp => $"tcp port {key.Port}",
                IpProtocol.Udp => $"udp port {key.Port}",
                _ => "echo",
            };
            int asked = watched + Unwatched;
            findings.Add(HeuristicEvent.Make(
                sweep, Descriptor, EventType.Ip, key.Source.ToString(), "flow", "potential host sweep",
                new Measure(asked, Threshold, WindowSeconds),
                evidence: string.Create(CultureInfo.InvariantCulture, $"{target}, {asked} destinations, of {watched} watched {unanswered} did not accept")));
        }

        _settled.Clear();
        _settledBy = null;
    }

    private static ushort PortOf(byte protocol, ushort destinationPort) =>
        protocol is IpProtocol.Tcp or IpProtocol.Udp ? destinationPort : (ushort)0;

    private static bool IsQuestion(byte protocol, ushort sourcePort, ushort destinationPort, in IpAddress destination, int flags) => protocol switch
    {
        IpProtocol.Tcp => (flags & (TcpFlag.Syn | TcpFlag.Ack | TcpFlag.Rst)) == TcpFlag.Syn,
        IpProtocol.Udp => !destination.IsMulticast && !destination.IsBroadcast && !UdpScanDetector.IsReply(sourcePort, destinationPort),
        IpProtocol.Icmp => sourcePort == EchoRequest,
        IpProtocol.IcmpV6 => sourcePort == EchoRequestV6 && !destination.IsMulticast,
        _ => false,
    };

    private readonly record struct Key(IpAddress Source, ushort Port, byte Protocol)
    {
        // Seeded in every process: senders choose all of it.
        public override int GetHashCode() => HashCode.Combine(Source.High, Source.Low, (Protocol << 16) | Port);
    }
}
