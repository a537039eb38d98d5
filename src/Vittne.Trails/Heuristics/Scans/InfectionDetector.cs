using System.Collections.Frozen;
using System.Globalization;
using Vittne.Flows;
using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Trails.Heuristics.Scans;

/// <summary>A host of ours asks many destinations for one port that worms and their owners like (horizontal scan).</summary>
internal sealed class InfectionDetector(HeuristicReadings readings) : IRecordDetector
{
    private const int Threshold = 32;

    private const int FlagsWithoutEcn = 0x3F;

    private static readonly FrozenSet<ushort> Ports =
        FrozenSet.ToFrozenSet<ushort>([135, 139, 445, 1433, 3389, 6379, 6892, 6893, 6901]);

    private readonly ScanTable<AddressPort, Target> _sources = new(Threshold, readings.Context.ScanWindowNs);

    public static DetectorDescriptor Descriptor { get; } =
        new("infection", "hosts of the home network that try one worm-prone TCP port of many destinations");

    public RecordInterest Interest => RecordInterest.FlowStarts;

    public long Dropped => _sources.Dropped;

    public void OnRecord(Record record, IRecordSink findings)
    {
        if (record is not FlowStartRecord { Flow.Protocol: IpProtocol.Tcp } start
            || (start.TcpFlags & FlagsWithoutEcn) != TcpFlag.Syn
            || !Ports.Contains(Endpoints.ReceiverPortOf(start))
            || readings.IsMuted(start))
        {
            return;
        }

        IpAddress source = Endpoints.SenderOf(start);
        if (!readings.Context.IsHome(source))
        {
            return;
        }

        ushort port = Endpoints.ReceiverPortOf(start);
        var target = new Target(Endpoints.ReceiverOf(start), start.Flow);
        if (_sources.Crosses(new AddressPort(source, port), target, start.At.TimestampNs, out RecentDistinct<Target>? targets))
        {
            findings.Add(HeuristicEvent.Make(
                start, Descriptor, EventType.Port, port.ToString(CultureInfo.InvariantCulture), "flow", "potential infection",
                new Measure(targets.Count, Threshold, readings.Context.ScanWindowSeconds), targets.Items[0].Flow));
        }
    }

    public void OnEnd(in PacketStamp at, IRecordSink findings)
    {
    }

    // Only the address tells targets apart; the flow is kept so that the event can name the first of them.
    private readonly record struct Target(IpAddress Address, FlowIdentity Flow)
    {
        public bool Equals(Target other) => Address == other.Address;

        public override int GetHashCode() => Address.GetHashCode();
    }
}
