using Vittne.Flows.Records;
using Vittne.Packets;
using Vittne.Packets.Records.Schema;

namespace Vittne.Flows.Analysis.Exfiltration;

/// <summary>Finds hosts inside that send much to one outside: by bytes and ratio, against their own habit, and through carriers of little.</summary>
public sealed class ExfiltrationAnalysis(ExfiltrationOptions options) : FlowAnalysis
{
    private const int DnsPort = 53;

    private readonly Dictionary<(IpAddress Source, IpAddress Destination, string? Carrier), Pair> _pairs = [];

    /// <inheritdoc/>
    public override RecordSchema Schema => ExfiltrationSchema.Schema;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns { get; } = ["src_ip", "dst_ip", "sent", "received", "pcr", "carrier", "reasons", "times_median", "flows", "first", "last"];

    /// <inheritdoc/>
    public override void Add(FlowRecord record)
    {
        if (!record.Source.IsIp || !record.Destination.IsIp || !options.Local.Holds(record.Source.Ip) || !options.Local.IsOutsideHost(record.Destination.Ip))
        {
            return;
        }

        (IpAddress, IpAddress, string?) key = (record.Source.Ip, record.Destination.Ip, CarrierOf(record));
        if (!_pairs.TryGetValue(key, out Pair? pair))
        {
            if (_pairs.Count >= MaxKept)
            {
                Dropped++;
                return;
            }

            _pairs.Add(key, pair = new Pair());
        }

        pair.Sent = FlowRecord.Sum(pair.Sent, Sent(record));
        pair.Received = FlowRecord.Sum(pair.Received, Received(record));
        pair.Evidence.Add(record);
    }

    /// <inheritdoc/>
    public override IEnumerable<FlowFinding> Finish(IList<string> captures)
    {
        Dictionary<IpAddress, double> medians = _pairs.Where(static pair => pair.Key.Carrier is null && pair.Value.Sent > 0)
            .GroupBy(static pair => pair.Key.Source)
            .Where(host => host.Count() >= options.MinPeersForMedian)
            .ToDictionary(static host => host.Key, static host => RobustSpread.Of([.. host.Select(static pair => (double)pair.Value.Sent)]).Median);
        var findings = new List<ExfiltrationFinding>();
        foreach (((IpAddress source, IpAddress destination, string? carrier), Pair pair) in _pairs)
        {
            double times = carrier is null && medians.TryGetValue(source, out double median) ? Math.Round(pair.Sent / median, 1) : double.NaN;
            List<string> reasons = ReasonsFor(pair, carrier, times);
            if (reasons.Count > 0)
            {
                findings.Add(new ExfiltrationFinding
                {
                    Flow = FlowEvidence.Between(FlowAddress.Of(source), FlowAddress.Of(destination), -1),
                    At = pair.Evidence.Stamp(captures),
                    Direction = Direction.FromOriginator,
                    SentBytes = pair.Sent,
                    ReceivedBytes = pair.Received,
                    Ratio = Ratio(pair.Sent, pair.Received),
                    Carrier = carrier,
                    Reasons = reasons,
                    TimesMedian = times,
                    Flows = pair.Evidence.Count,
                    FirstNs = pair.Evidence.FirstNs,
                    LastNs = pair.Evidence.LastNs,
                    Evidence = pair.Evidence.Ids,
                });
            }
        }

        return findings.OrderByDescending(static finding => finding.SentBytes).ThenBy(static finding => finding.Flow.Source)
            .ThenBy(static finding => finding.Flow.Destination).ThenBy(static finding => finding.Carrier, StringComparer.Ordinal);
    }

    private List<string> ReasonsFor(Pair pair, string? carrier, double timesMedian)
    {
        var reasons = new List<string>();
        if (pair.Sent >= options.MinBytes && Ratio(pair.Sent, pair.Received) >= options.MinRatio)
        {
            reasons.Add("bytes");
        }

        if (pair.Sent >= options.MinBytesForMedian && timesMedian >= options.TimesMedian)
        {
            reasons.Add("median");
        }

        // A resolver that only asks gets more than it sends, and so does not count.
        if (carrier is not null && pair.Sent >= options.MinCarrierBytes && pair.Sent >= pair.Received)
        {
            reasons.Add("carrier");
        }

        return reasons;
    }

    private static string? CarrierOf(FlowRecord record) => record.ProtocolNumber switch
    {
        IpProtocol.Icmp or IpProtocol.IcmpV6 => "icmp",
        IpProtocol.Udp or IpProtocol.Tcp when record.Service is "dns" || record.DestinationPort == DnsPort => "dns",
        _ => null,
    };

    private sealed class Pair
    {
        public FlowEvidence Evidence { get; } = new();

        public long Sent { get; set; }

        public long Received { get; set; }
    }
}
