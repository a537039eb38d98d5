using System.Runtime.CompilerServices;
using System.Text;
using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Trails.Matching;

/// <summary>Makes events of what was found in records: whitelisted addresses and repetitions within a flow are left out here.</summary>
/// <param name="index">The trails.</param>
/// <param name="domains">Compares names.</param>
internal sealed class ThreatTeller(ITrailIndex index, DomainMatcher domains)
{
    /// <summary>SHA-256 in hex is the longest, with room for the text of JA4.</summary>
    private const int MaxFingerprintLength = 128;

    /// <summary>
    /// Lives as long as the flow's own objects: bounded by open flows, and independent of what other flows the worker has, so that the
    /// number of workers cannot change what is told.
    /// </summary>
    private readonly ConditionalWeakTable<FlowIdentity, FlowFindings> _flows = [];

    private long _recordNumber;

    /// <summary>Trails found so far, told or not.</summary>
    public long Finds { get; private set; }

    /// <summary>A new record is looked at: the same find by the same record is told once.</summary>
    public void BeginRecord() => _recordNumber++;

    /// <summary>Compares a name and tells it.</summary>
    /// <param name="record">What holds the name.</param>
    /// <param name="name">The name as sent.</param>
    /// <param name="source">Where it stands.</param>
    /// <param name="forwardedFor">True clients that proxies name.</param>
    /// <param name="findings">Where the event goes.</param>
    public void TellName(
        Record record, ReadOnlySpan<byte> name, string source, IReadOnlyList<string> forwardedFor, IRecordSink findings)
    {
        bool isFromDns = source.StartsWith("dns.", StringComparison.Ordinal);
        if (domains.TryFind(name, isFromDns, out DomainFind find))
        {
            Tell(record, EventType.Dns, find.Text, find.Trail, source, forwardedFor, findings);
        }
    }

    /// <summary>Compares the question that an answer repeats: news only when the query itself was not seen.</summary>
    public void TellQuestionOfAnswer(Record record, ReadOnlySpan<byte> name, IRecordSink findings)
    {
        if (!domains.TryFind(name, isFromDns: true, out DomainFind find))
        {
            return;
        }

        Direction asked = record.Direction == Direction.FromOriginator ? Direction.FromResponder : Direction.FromOriginator;
        if (!_flows.TryGetValue(record.Flow, out FlowFindings? told) || !told.WasTold(asked, EventType.Dns, find.Text))
        {
            Tell(record, EventType.Dns, find.Text, find.Trail, "dns.query", [], findings);
        }
    }

    /// <summary>Compares an address that a protocol names and tells it.</summary>
    public void TellAddress(
        Record record, in IpAddress address, string source, IReadOnlyList<string> forwardedFor, IRecordSink findings)
    {
        if (index.TryFindAddress(address, out int trail))
        {
            Tell(record, EventType.Ip, address.ToString(), trail, source, forwardedFor, findings);
        }
    }

    /// <summary>True when there is a trail of the kind at all.</summary>
    public bool Holds(TrailKind kind) => index.Holds(kind);

    /// <summary>Looks for a hash or fingerprint and tells it.</summary>
    public void TellFingerprint(Record record, TrailKind kind, string key, EventType type, string source, IRecordSink findings)
    {
        Span<byte> bytes = stackalloc byte[MaxFingerprintLength];
        if (Encoding.ASCII.TryGetBytes(key, bytes, out int length) && index.TryFindFingerprint(kind, bytes[..length], out int trail))
        {
            Tell(record, type, key, trail, source, [], findings);
        }
    }

    /// <summary>Tells a trail that was found, once per flow and place.</summary>
    public void Tell(
        Record record, EventType type, string text, int trail, string source, IReadOnlyList<string> forwardedFor, IRecordSink findings)
    {
        Finds++;
        if (IsSilenced(record, type)
            || !_flows.GetOrCreateValue(record.Flow).TryAdd(new ToldFind(record.Direction, type, text, source, _recordNumber)))
        {
            return;
        }

        Trail matched = index.Get(trail);
        findings.Add(new ThreatRecord
        {
            Flow = record.Flow,
            At = record.At,
            Direction = record.Direction,
            Type = type,
            Trail = text,
            Indicator = matched.Indicator,
            Source = source,
            Info = matched.Info,
            Reference = matched.Reference,
            Severity = matched.Severity,
            ForwardedFor = forwardedFor,
            Matched = matched,
        });
    }

    /// <summary>Traffic of whitelisted addresses tells names only: everybody's names pass through a resolver.</summary>
    public bool IsSilenced(Record record, EventType type) => type != EventType.Dns
        && (index.IsWhitelisted(record.Flow.Source) || index.IsWhitelisted(record.Flow.Destination));
}
