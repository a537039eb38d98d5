using Vittne.Flows;
using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Trails.Heuristics.Scans;

/// <summary>One source asks for many TCP ports of one destination (vertical scan).</summary>
internal sealed class PortScanDetector(HeuristicReadings readings) : IRecordDetector
{
    private const int Threshold = 10;

    /// <summary>Without ECE, CWR and NS: an ECN client sends <c>SYN+ECE+CWR</c>, which is a SYN all the same (RFC 3168 section 6.1.1).</summary>
    private const int FlagsWithoutEcn = 0x3F;

    /// <summary>FIN, PSH and URG: the Xmas scan.</summary>
    private const int Xmas = TcpFlag.Fin | TcpFlag.Psh | TcpFlag.Urg;

    private readonly ScanTable<AddressPair, ushort> _pairs = new(Threshold, readings.Context.ScanWindowNs);

    public static DetectorDescriptor Descriptor { get; } = new("port-scan", "sources that try many TCP ports of one destination");

    public long Dropped => _pairs.Dropped;

    public void OnRecord(Record record, IRecordSink findings)
    {
        if (record is not FlowStartRecord { Flow.Protocol: IpProtocol.Tcp } start || !IsProbe(start.TcpFlags))
        {
            return;
        }

        IpAddress source = Endpoints.SenderOf(start);
        IpAddress destination = Endpoints.ReceiverOf(start);
        if (AddressRanges.IsLoopback(destination) || readings.IsMuted(start))
        {
            return;
        }

        if (_pairs.Crosses(
            new AddressPair(source, destination), Endpoints.ReceiverPortOf(start), start.At.TimestampNs, out RecentDistinct<ushort>? ports))
        {
            findings.Add(HeuristicEvent.Make(
                start, Descriptor, EventType.Ip, source.ToString(), "flow", "potential port scanning",
                new Measure(ports.Count, Threshold, readings.Context.ScanWindowSeconds)));
        }
    }

    public void OnEnd(in PacketStamp at, IRecordSink findings)
    {
    }

    // First segments that ask for a port without an acknowledgement: SYN scan, NULL scan, FIN scan, Xmas scan. A lone ACK is what the
    // middle of a connection looks like too, and a recording that begins there would be full of scans.
    private static bool IsProbe(ushort flags) => (flags & FlagsWithoutEcn) is TcpFlag.Syn or 0 or TcpFlag.Fin or Xmas;
}
