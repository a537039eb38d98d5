using System.Collections.Frozen;
using System.Globalization;
using Vittne.Flows;
using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Trails.Heuristics.Beacons;

/// <summary>
/// A client that contacts one port of a server outside again and again, at intervals that a clock makes and not a person: implants ask their
/// master for work like that. So do some honest programs; the well-known ones are left out by their port.
/// </summary>
internal sealed class BeaconingDetector(HeuristicReadings readings) : IRecordDetector
{
    private const int Threshold = BeaconTable.Intervals;

    /// <summary>Contacts within this time are one: programs open several connections at once.</summary>
    private const float TogetherSeconds = 2;

    /// <summary>Faster ones are pages that reload themselves.</summary>
    private const float MinPeriodSeconds = 10;

    private const float MaxPeriodSeconds = 86_400;

    /// <summary>Median distance from the median interval, as a share of it. A jitter of half the period has a quarter; chance has more than a half.</summary>
    private const float MaxJitter = 0.2f;

    /// <summary>An interval counts as one of the series when it is this near the median, as a share of it.</summary>
    private const float Tolerance = 0.55f;

    /// <summary>So many of the intervals must be.</summary>
    private const int MinNear = 18;

    private const long ToldNs = 86_400 * 1_000_000_000L;

    /// <summary>
    /// Time, names, mail boxes, routing, management, service discovery, NAT: what is on these ports has a clock by right.
    /// </summary>
    private static readonly FrozenSet<ushort> ClockedPorts = FrozenSet.ToFrozenSet<ushort>(
    [
        25, 37, 53, 67, 68, 69, 110, 123, 137, 138, 143, 161, 162, 179, 323, 389, 465, 500, 514, 520, 546, 547, 587, 636, 853, 993, 995, 1194, 1701,
        1723, 1812, 1813, 1900, 1967, 2055, 3478, 3479, 3544, 3702, 4500, 4739, 5060, 5061, 5222, 5223, 5228, 5350, 5351, 5353, 5355, 6343, 6514,
        8883, 9993, 9995, 9996, 10_050, 10_051, 41_641, 51_820,
    ]);

    private readonly BeaconTable _table = new();

    public static DetectorDescriptor Descriptor { get; } = new("beaconing", "clients that contact a server outside with the regularity of a clock");

    public RecordInterest Interest => RecordInterest.FlowStarts;

    public long Dropped => _table.Dropped;

    public void OnRecord(Record record, IRecordSink findings)
    {
        if (record is not FlowStartRecord { Direction: Direction.FromOriginator } start
            || !IsContact(start)
            || ClockedPorts.Contains(start.Flow.DestinationPort)
            || !readings.Context.IsOutside(start.Flow.Destination))
        {
            return;
        }

        FlowIdentity flow = start.Flow;
        long nowNs = start.At.TimestampNs;
        ulong key = BeaconTable.KeyOf(flow.Source, flow.Destination, flow.DestinationPort, flow.Protocol);
        if (!_table.HasMet(key))
        {
            return;
        }

        ref BeaconTable.Place place = ref _table.Of(key);
        bool isSameSocket = flow.Protocol == IpProtocol.Udp && place.ClientPort == flow.SourcePort;
        place.ClientPort = flow.SourcePort;
        if (isSameSocket)
        {
            // One conversation that is kept alive, at longer intervals than flows are remembered.
            return;
        }

        float seconds = (nowNs - place.LastNs) / 1e9f;
        if (place.LastNs == 0 || seconds < 0 || seconds > MaxPeriodSeconds)
        {
            place.Restart();
            place.LastNs = nowNs;
            return;
        }

        if (seconds < TogetherSeconds)
        {
            return;
        }

        place.LastNs = nowNs;
        place.Add(seconds);
        if (place.Count >= Threshold
            && (place.ToldNs == 0 || nowNs - place.ToldNs > ToldNs)
            && IsRegular(place.Seconds, seconds, out float period, out float jitter)
            && !readings.IsMuted(start))
        {
            place.ToldNs = nowNs;
            findings.Add(HeuristicEvent.Make(
                start, Descriptor, EventType.Iport, Matching.AddressText.OfEndpoint(flow.Destination, flow.DestinationPort), "flow",
                "potential beaconing (suspicious)",
                new Measure(Threshold, Threshold, Math.Round(period * Threshold)),
                evidence: string.Create(CultureInfo.InvariantCulture, $"every {period:F1} s, {place.Count} intervals, jitter {jitter * 100:F0} %")));
        }
    }

    public void OnEnd(in PacketStamp at, IRecordSink findings)
    {
    }

    /// <summary>True when the intervals are those of a clock, with a jitter as implants are set to.</summary>
    internal static bool IsRegular(ReadOnlySpan<float> intervals, float last, out float period, out float jitter)
    {
        (period, jitter) = (0, 0);
        float sum = 0;
        foreach (float interval in intervals)
        {
            sum += interval;
        }

        // Most series end here, before anything is sorted.
        float mean = sum / intervals.Length;
        if (mean is < MinPeriodSeconds / 2 or > MaxPeriodSeconds || Math.Abs(last - mean) > mean)
        {
            return false;
        }

        Span<float> sorted = stackalloc float[BeaconTable.Intervals];
        sorted = sorted[..intervals.Length];
        intervals.CopyTo(sorted);
        sorted.Sort();
        period = sorted[sorted.Length / 2];
        int near = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            sorted[i] = Math.Abs(sorted[i] - period);
            near += sorted[i] <= period * Tolerance ? 1 : 0;
        }

        sorted.Sort();
        jitter = sorted[sorted.Length / 2] / period;
        return period >= MinPeriodSeconds && near >= MinNear && jitter <= MaxJitter;
    }

    private static bool IsContact(FlowStartRecord start) => start.Flow.Protocol switch
    {
        IpProtocol.Tcp => (start.TcpFlags & (TcpFlag.Syn | TcpFlag.Ack | TcpFlag.Rst)) == TcpFlag.Syn,
        IpProtocol.Udp => !Scans.UdpScanDetector.IsReply(start.Flow.SourcePort, start.Flow.DestinationPort),
        _ => false,
    };
}
