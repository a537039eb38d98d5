using System.Globalization;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Icmp;
using Vittne.Trails.Heuristics.Scans;

namespace Vittne.Trails.Heuristics.Sessions;

/// <summary>
/// Echo requests and replies whose payload goes on changing, and that is no pattern: data in the place of a ping. Pings repeat theirs,
/// also those of monitors.
/// </summary>
internal sealed class IcmpTunnelDetector(HeuristicReadings readings) : IRecordDetector
{
    /// <summary>Changed payload bytes in a minute; twenty pings with a text of 100 letters that never comes again.</summary>
    private const int Threshold = 2000;

    private const int MinChanges = 16;

    /// <summary>Letters that count up, zeros and paddings have less; text has more than 4, ciphers nearly 8.</summary>
    private const double MinEntropyBits = 4;

    private const int WindowSeconds = 60;
    private const long ToldNs = 3600 * 1_000_000_000L;
    private const int MaxPairs = 8192;

    private readonly RecencyMap<AddressPair, long> _told = new(MaxPairs);

    public static DetectorDescriptor Descriptor { get; } = new("icmp-tunnel", "pings that carry data");

    public RecordInterest Interest => RecordInterest.Others;

    public long Dropped => 0;

    public void OnRecord(Record record, IRecordSink findings)
    {
        if (record is not EchoTrafficRecord echo
            || echo.ChangedBytes <= Threshold
            || echo.Changes < MinChanges
            || echo.EntropyBits < MinEntropyBits
            || readings.IsMuted(echo))
        {
            return;
        }

        FlowIdentity flow = echo.Flow;
        AddressPair pair = flow.Source < flow.Destination ? new(flow.Source, flow.Destination) : new(flow.Destination, flow.Source);
        long nowNs = echo.At.TimestampNs;
        ref long toldNs = ref _told.Touch(pair, out _);
        if (toldNs != 0 && Math.Abs(nowNs - toldNs) <= ToldNs)
        {
            return;
        }

        toldNs = nowNs == 0 ? 1 : nowNs;
        findings.Add(HeuristicEvent.Make(
            echo, Descriptor, EventType.Ip, flow.Destination.ToString(), "flow", "potential icmp tunneling (suspicious)",
            new Measure(echo.ChangedBytes, Threshold, WindowSeconds),
            evidence: string.Create(
                CultureInfo.InvariantCulture,
                $"{echo.Changes} of {echo.Packets} payloads changed, {echo.EntropyBits:F1} bits a byte, {echo.UnlikeReplies} replies unlike their request")));
    }

    public void OnEnd(in PacketStamp at, IRecordSink findings)
    {
    }
}
