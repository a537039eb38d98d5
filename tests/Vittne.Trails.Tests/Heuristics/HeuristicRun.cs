using System.Text;
using Vittne.Flows;
using Vittne.Flows.Table;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Dns;
using Vittne.Protocols.Http;
using Vittne.Trails.Heuristics;
using Vittne.Trails.Tests.Matching;
using Record = Vittne.Packets.Records.Record;

namespace Vittne.Trails.Tests.Heuristics;

/// <summary>All heuristics of both scopes over records made by hand, in the order in which they are given.</summary>
internal sealed class HeuristicRun : IRecordSink
{
    public const string Client = "203.0.113.5";
    public const string Server = "198.51.100.7";

    private readonly IReadOnlyList<IRecordDetector> _detectors;
    private long _number;

    public HeuristicRun(HeuristicContext context) =>
        _detectors = [.. HeuristicRegistry.CreateForFlow(context), .. HeuristicRegistry.CreateForRun(context)];

    public HeuristicRun(ITrailIndex? index = null)
        : this(new HeuristicContext { Index = index ?? new FakeTrailIndex() })
    {
    }

    public List<ThreatRecord> Threats { get; } = [];

    public List<string> Infos => Threats.ConvertAll(threat => threat.Info);

    public long Dropped => _detectors.Sum(detector => detector.Dropped);

    public void Add(Record record)
    {
        if (record is ThreatRecord threat)
        {
            Threats.Add(threat);
        }
        else
        {
            Give(record);
        }
    }

    public HeuristicRun Start(string source, string destination, int port, double second, byte protocol = IpProtocol.Tcp, int flags = TcpFlag.Syn, int sourcePort = 40000) =>
        Give(new FlowStartRecord
        {
            Flow = Flow(source, sourcePort, destination, port, protocol),
            At = Stamp(second),
            Direction = Direction.FromOriginator,
            TcpFlags = (ushort)(protocol == IpProtocol.Tcp ? flags : 0),
            PayloadLength = 0,
        });

    public HeuristicRun Unanswered(string source, string destination, int port, double second, byte protocol = IpProtocol.Tcp, int flags = TcpFlag.Syn) =>
        Unanswered(source, protocol == IpProtocol.Icmp ? 8 : 40000, destination, port, second, protocol, flags);

    /// <summary>SYNs to destinations that all end at one packet, one record each.</summary>
    public HeuristicRun UnansweredTogether(string source, IEnumerable<string> destinations, int port, double second)
    {
        PacketStamp at = Stamp(second);
        foreach (string destination in destinations)
        {
            Give(Unanswered(Flow(source, 40000, destination, port, IpProtocol.Tcp), at, TcpFlag.Syn));
        }

        return this;
    }

    private HeuristicRun Unanswered(string source, int sourcePort, string destination, int port, double second, byte protocol, int flags) =>
        Give(Unanswered(Flow(source, sourcePort, destination, port, protocol), Stamp(second), flags));

    private static UnansweredFlowsRecord Unanswered(FlowIdentity flow, PacketStamp at, int flags) => new()
    {
        Flow = flow,
        At = at,
        Direction = Direction.FromOriginator,
        Flows =
        [
            new FlowEntry
            {
                Source = flow.Source,
                Destination = flow.Destination,
                SourcePort = flow.SourcePort,
                DestinationPort = flow.DestinationPort,
                Protocol = flow.Protocol,
                FirstFlags = (byte)flags,
                LastNs = at.TimestampNs,
                State = FlowState.SeenOriginator,
            },
        ],
    };

    public HeuristicRun Refused(string source, string destination, int port, double second, int flags) =>
        Give(new ProbeRefusedRecord
        {
            Flow = Flow(source, 40000, destination, port, IpProtocol.Tcp),
            At = Stamp(second),
            Direction = Direction.FromOriginator,
            FirstFlags = (byte)flags,
        });

    public HeuristicRun End()
    {
        foreach (IRecordDetector detector in _detectors)
        {
            detector.OnEnd(Stamp(1e6), this);
        }

        return this;
    }

    public DnsRecord DnsQuestion(string name, double second) => Dns(name, second, Client, "8.8.8.8", responseCode: -1);

    public HeuristicRun Query(string name, double second = 0, string client = Client) => Give(Dns(name, second, client, "8.8.8.8", responseCode: -1));

    public HeuristicRun Answer(string name, int responseCode, double second = 0, string client = Client, params string[] addresses) =>
        Give(Dns(name, second, client, "8.8.8.8", responseCode, addresses));

    public HeuristicRun AnswerFrom(string server, string name, double second, params string[] addresses) =>
        Give(Dns(name, second, Client, server, responseCode: 0, addresses));

    public HeuristicRun Request(string head, string body = "", double second = 0, string source = Client, string destination = Server, int port = 80) =>
        Give(new HttpRequestRecord
        {
            Flow = Flow(source, 50000, destination, port, IpProtocol.Tcp),
            At = Stamp(second),
            Direction = Direction.FromOriginator,
            Depth = 1,
            Head = Encoding.Latin1.GetBytes(head),
            Body = Encoding.Latin1.GetBytes(body),
            IsComplete = true,
        });

    public HeuristicRun Get(string target, string host = "host.example", double second = 0) =>
        Request($"GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n", second: second);

    public HeuristicRun Response(string head, string body = "", double second = 0, string client = Client) =>
        Give(new HttpResponseRecord
        {
            Flow = Flow(client, 50000, Server, 80, IpProtocol.Tcp),
            At = Stamp(second),
            Direction = Direction.FromResponder,
            Depth = 1,
            Head = Encoding.Latin1.GetBytes(head),
            Body = Encoding.Latin1.GetBytes(body),
            IsComplete = true,
            RequestHead = [],
        });

    public HeuristicRun Give(Record record)
    {
        foreach (IRecordDetector detector in _detectors)
        {
            detector.OnRecord(record, this);
        }

        return this;
    }

    public static FlowIdentity Flow(string source, int sourcePort, string destination, int destinationPort, byte protocol) => new()
    {
        Id = 1,
        Source = FakeTrailIndex.Address(source),
        Destination = FakeTrailIndex.Address(destination),
        SourcePort = (ushort)sourcePort,
        DestinationPort = (ushort)destinationPort,
        Protocol = protocol,
    };

    private DnsRecord Dns(string name, double second, string client, string server, int responseCode, params string[] addresses)
    {
        bool isResponse = responseCode >= 0;
        var message = new List<byte>([0, 1, (byte)(isResponse ? 0x81 : 0x01), (byte)(isResponse ? 0x80 | responseCode : 0), 0, 1, 0, (byte)addresses.Length, 0, 0, 0, 0]);
        foreach (string label in name.Split('.'))
        {
            message.Add((byte)label.Length);
            message.AddRange(Encoding.Latin1.GetBytes(label));
        }

        message.AddRange([0, 0, 1, 0, 1]);
        foreach (string address in addresses)
        {
            uint value = (uint)FakeTrailIndex.Address(address).Low;
            message.AddRange([0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, (byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value]);
        }

        return new DnsRecord
        {
            Flow = Flow(client, 50000, server, 53, IpProtocol.Udp),
            At = Stamp(second),
            Direction = isResponse ? Direction.FromResponder : Direction.FromOriginator,
            Message = [.. message],
            Variant = DnsVariant.Dns,
        };
    }

    public PacketStamp Stamp(double second)
    {
        _number++;
        return new PacketStamp((long)(second * 1e9), _number, _number, 0);
    }
}
