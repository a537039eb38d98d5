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

    public RecordInterest Interest => RecordInterest.FlowStarts | RecordInterest.Others;

    public long Dropped => _pairs.Dropped;

    public void OnRecord(Record record, IRecordSink findings)
    {
        switch (record)
        {
            case FlowStartRecord { Flow.Protocol: IpProtocol.Tcp } start when IsProbe(start.TcpFlags):
                OnProbe(start, start.TcpFlags, findings);
                break;
            case ProbeRefusedRecord refused when IsStray(refused.FirstFlags):
                OnProbe(refused, refused.FirstFlags, findings);
                break;
        }
    }

    public void OnEnd(in PacketStamp at, IRecordSink findings)
    {
    }

    private void OnProbe(Record probe, int flags, IRecordSink findings)
    {
        IpAddress source = Endpoints.SenderOf(probe);
        IpAddress destination = Endpoints.ReceiverOf(probe);
        if (AddressRanges.IsLoopback(destination) || readings.IsMuted(probe))
        {
            return;
        }

        if (_pairs.Crosses(new AddressPair(source, destination), Endpoints.ReceiverPortOf(probe), probe.At.TimestampNs, out RecentDistinct<ushort>? ports))
        {
            findings.Add(HeuristicEvent.Make(
                probe, Descriptor, EventType.Ip, source.ToString(), "flow", "potential port scanning",
                new Measure(ports.Count, Threshold, readings.Context.ScanWindowSeconds), evidence: $"{NameOf(flags)} scan of ports {Sorted(ports)}"));
        }
    }

    // First segments that ask for a port without an acknowledgement: SYN scan, NULL scan, FIN scan, Xmas scan.
    private static bool IsProbe(int flags) => (flags & FlagsWithoutEcn) is TcpFlag.Syn or 0 or TcpFlag.Fin or Xmas;

    // ACK scan (a window scan looks the same) and Maimon scan. The middle and the end of a connection look like that too, and a recording that
    // begins there, or holds one direction only, would be full of scans: they count when RST says that nobody knows of such a connection.
    private static bool IsStray(int flags) => (flags & FlagsWithoutEcn) is TcpFlag.Ack or (TcpFlag.Fin | TcpFlag.Ack);

    private static string NameOf(int flags) => (flags & FlagsWithoutEcn) switch
    {
        TcpFlag.Syn => "syn",
        0 => "null",
        TcpFlag.Fin => "fin",
        TcpFlag.Ack => "ack",
        Xmas => "xmas",
        _ => "maimon",
    };

    private static string Sorted(RecentDistinct<ushort> ports)
    {
        ushort[] sorted = ports.Items.ToArray();
        Array.Sort(sorted);
        return string.Join(',', sorted);
    }
}
