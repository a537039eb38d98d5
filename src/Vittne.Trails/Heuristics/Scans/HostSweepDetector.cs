using System.Globalization;
using Vittne.Flows;
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

    /// <summary>At most 2 KB each, for a key with many destinations; most have one and take no more than their place.</summary>
    private const int DefaultMaxKeys = 16_384;

    private const ushort EchoRequest = 8;
    private const ushort EchoReply = 0;
    private const ushort EchoRequestV6 = 128;
    private const ushort EchoReplyV6 = 129;

    private readonly RecencyMap<Key, SweepWatch> _watches = new(maxKeys);

    public static DetectorDescriptor Descriptor { get; } =
        new("host-sweep", "sources that ask many hosts for one port and are not answered");

    public long Dropped { get; private set; }

    public void OnRecord(Record record, IRecordSink findings)
    {
        switch (record)
        {
            case FlowStartRecord start:
                OnStart(start);
                break;
            case FlowUnansweredRecord silent:
                OnUnanswered(silent, findings);
                break;
        }
    }

    public void OnEnd(in PacketStamp at, IRecordSink findings)
    {
    }

    private void OnStart(FlowStartRecord start)
    {
        FlowIdentity flow = start.Flow;
        if (flow.Protocol is IpProtocol.Icmp or IpProtocol.IcmpV6 && IsEchoReply(flow))
        {
            if (_watches.TryLocate(new Key(flow.Destination, 0, flow.Protocol), out int place))
            {
                _watches.At(place).Answer(flow.Source);
            }
        }
        else if (IsQuestion(flow, start.TcpFlags) && start.Direction == Direction.FromOriginator)
        {
            ref SweepWatch watch = ref _watches.Touch(KeyOf(flow), out SweepWatch evicted);
            Dropped += evicted.IsOpen(start.At.TimestampNs, WindowNs) ? 1 : 0;
            watch.Add(flow.Destination, start.At.TimestampNs);
        }
    }

    private void OnUnanswered(FlowUnansweredRecord silent, IRecordSink findings)
    {
        FlowIdentity flow = silent.Flow;
        if (silent.Direction == Direction.FromOriginator
            && IsQuestion(flow, silent.FirstFlags)
            && _watches.TryLocate(KeyOf(flow), out int place)
            && _watches.At(place).Silence(flow.Destination, Threshold, WindowNs, out int asked, out int unanswered)
            && !readings.IsMuted(silent))
        {
            string target = flow.Protocol switch
            {
                IpProtocol.Tcp => $"tcp port {flow.DestinationPort}",
                IpProtocol.Udp => $"udp port {flow.DestinationPort}",
                _ => "echo",
            };
            findings.Add(HeuristicEvent.Make(
                silent, Descriptor, EventType.Ip, flow.Source.ToString(), "flow", "potential host sweep",
                new Measure(asked, Threshold, WindowSeconds),
                evidence: string.Create(CultureInfo.InvariantCulture, $"{target}, {asked} destinations, {unanswered} did not accept")));
        }
    }

    private static Key KeyOf(FlowIdentity flow) =>
        new(flow.Source, flow.Protocol is IpProtocol.Tcp or IpProtocol.Udp ? flow.DestinationPort : (ushort)0, flow.Protocol);

    private static bool IsQuestion(FlowIdentity flow, int flags) => flow.Protocol switch
    {
        IpProtocol.Tcp => (flags & (TcpFlag.Syn | TcpFlag.Ack | TcpFlag.Rst)) == TcpFlag.Syn,
        IpProtocol.Udp => !flow.Destination.IsMulticast && !flow.Destination.IsBroadcast
            && !UdpScanDetector.IsReply(flow.SourcePort, flow.DestinationPort),
        IpProtocol.Icmp => flow.SourcePort == EchoRequest,
        IpProtocol.IcmpV6 => flow.SourcePort == EchoRequestV6 && !flow.Destination.IsMulticast,
        _ => false,
    };

    private static bool IsEchoReply(FlowIdentity flow) =>
        flow.SourcePort == (flow.Protocol == IpProtocol.Icmp ? EchoReply : EchoReplyV6);

    private readonly record struct Key(IpAddress Source, ushort Port, byte Protocol)
    {
        // Seeded in every process: senders choose all of it.
        public override int GetHashCode() => HashCode.Combine(Source.High, Source.Low, (Protocol << 16) | Port);
    }
}
