using Vittne.Flows.Records;
using Vittne.Packets;
using Vittne.Packets.Records.Schema;

namespace Vittne.Flows.Analysis.Reversals;

/// <summary>Finds clients that send where servers do, and connections out whose far end types commands.</summary>
public sealed class ReversalAnalysis(ReversalOptions options) : FlowAnalysis
{
    // Ports of services whose servers speak first by design; a banner on them says nothing.
    private static readonly int[] GreetingPorts = [13, 19, 21, 22, 23, 25, 37, 110, 119, 143, 220, 465, 587, 993, 995, 3306, 5900, 5901, 6667];

    private readonly List<ReversalFinding> _findings = [];
    private readonly List<FlowEvidence> _evidence = [];

    /// <inheritdoc/>
    public override RecordSchema Schema => ReversalSchema.Schema;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns { get; } =
        ["kind", "src_ip", "sport", "dst_ip", "dport", "proto", "service", "sent", "received", "pcr", "sent_mean", "received_mean", "server_first", "first", "last"];

    /// <inheritdoc/>
    public override void Add(FlowRecord record)
    {
        if (record.ProtocolNumber != IpProtocol.Tcp || !record.Source.IsIp || !record.Destination.IsIp)
        {
            return;
        }

        long sent = Sent(record), received = Received(record);
        double ratio = Ratio(sent, received);
        bool isServerFirst = IsServerFirst(record.History);
        string? kind = IsShell(record, sent, received, isServerFirst) ? "shell"
            : sent >= options.MinBytes && ratio >= options.MinRatio && ServesClients(record) ? "upload"
            : null;
        if (kind is null)
        {
            return;
        }

        if (_findings.Count >= MaxKept)
        {
            Dropped++;
            return;
        }

        var evidence = new FlowEvidence();
        evidence.Add(record);
        _evidence.Add(evidence);
        _findings.Add(new ReversalFinding
        {
            Flow = FlowEvidence.Between(record.Source, record.Destination, record.ProtocolNumber),
            At = default,
            Direction = Direction.FromOriginator,
            Kind = kind,
            Protocol = record.Protocol ?? "",
            SourcePort = record.SourcePort,
            DestinationPort = record.DestinationPort,
            Service = record.Service,
            SentBytes = sent,
            ReceivedBytes = received,
            Ratio = ratio,
            SentMean = Mean(sent, record.SourcePackets),
            ReceivedMean = Mean(received, record.DestinationPackets),
            IsServerFirst = isServerFirst,
            Flows = 1,
            FirstNs = record.FirstNs,
            LastNs = record.LastNs,
            Evidence = evidence.Ids,
        });
    }

    /// <inheritdoc/>
    public override IEnumerable<FlowFinding> Finish(IList<string> captures)
    {
        for (int i = 0; i < _findings.Count; i++)
        {
            _findings[i] = _findings[i] with { At = _evidence[i].Stamp(captures) };
        }

        return _findings.OrderBy(static finding => finding.Kind, StringComparer.Ordinal).ThenByDescending(static finding => finding.SentBytes).ThenBy(static finding => finding.FirstNs)
            .ThenBy(static finding => finding.Flow.Source).ThenBy(static finding => finding.SourcePort);
    }

    // Services by which clients fetch, and what nobody knows.
    private static bool ServesClients(FlowRecord record) =>
        record.Service is null or "" or "http" or "https" or "tls" or "ssl" or "http2" or "imap" or "imaps" or "pop3" or "pop3s" || record.ServiceBy == "port";

    private static double Mean(long bytes, long packets) => packets <= 0 ? 0 : Math.Round((double)bytes / packets, 1);

    // Zeek writes the first payload of each side once: d of the responder before D of the originator.
    private static bool IsServerFirst(string? history)
    {
        int server = history?.IndexOf('d', StringComparison.Ordinal) ?? -1;
        int client = history?.IndexOf('D', StringComparison.Ordinal) ?? -1;
        return server >= 0 && (client < 0 || server < client);
    }

    private bool IsShell(FlowRecord record, long sent, long received, bool isServerFirst) =>
        isServerFirst && sent > 0 && received > 0
        && (record.Service is null or "" || record.ServiceBy == "port") && !GreetingPorts.Contains(record.DestinationPort)
        && record.SourcePackets >= options.MinPackets && record.DestinationPackets >= options.MinPackets && record.DurationNs >= options.MinNs
        && Mean(sent, record.SourcePackets) <= options.MaxLine && Mean(received, record.DestinationPackets) <= options.MaxLine;
}
