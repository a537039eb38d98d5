using Vittne.Flows;
using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Trails.Heuristics.Scans;

/// <summary>One source sends to many UDP ports of one destination.</summary>
internal sealed class UdpScanDetector(HeuristicReadings readings) : IRecordDetector
{
    private const int Threshold = 10;
    private const ushort DnsPort = 53;

    /// <summary>First port that ordinary programs take as a client (RFC 6335 section 6: below are the system ports).</summary>
    private const ushort FirstUserPort = 1024;

    private readonly ScanTable<AddressPair, ushort> _pairs = new(Threshold, readings.Context.ScanWindowNs);

    public static DetectorDescriptor Descriptor { get; } = new("udp-scan", "sources that try many UDP ports of one destination");

    public RecordInterest Interest => RecordInterest.FlowStarts;

    public long Dropped => _pairs.Dropped;

    public void OnRecord(Record record, IRecordSink findings)
    {
        if (record is not FlowStartRecord { Flow.Protocol: IpProtocol.Udp, Direction: Direction.FromOriginator } start
            || start.Flow.DestinationPort == DnsPort
            || IsReply(start.Flow.SourcePort, start.Flow.DestinationPort)
            || readings.IsMuted(start))
        {
            return;
        }

        if (_pairs.Crosses(
            new AddressPair(start.Flow.Source, start.Flow.Destination), start.Flow.DestinationPort, start.At.TimestampNs,
            out RecentDistinct<ushort>? ports))
        {
            findings.Add(HeuristicEvent.Make(
                start, Descriptor, EventType.Ip, start.Flow.Source.ToString(), "flow", "potential udp scanning",
                new Measure(ports.Count, Threshold, readings.Context.ScanWindowSeconds)));
        }
    }

    public void OnEnd(in PacketStamp at, IRecordSink findings)
    {
    }

    // A server whose requests were not recorded opens its flows with replies, each to another client port. All six of Maltrail's findings
    // in a large set of captures were such servers (Kerberos, SNMP, LLMNR).
    internal static bool IsReply(ushort sourcePort, ushort destinationPort) =>
        destinationPort >= FirstUserPort && sourcePort is < FirstUserPort or 1900 or 3702 or 5353 or 5355;
}
