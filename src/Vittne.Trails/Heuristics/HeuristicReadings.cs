using Vittne.Protocols.Dns;
using Vittne.Protocols.Http;
using Vittne.Trails.Heuristics.Names;
using Vittne.Trails.Heuristics.Requests;
using Vittne.Trails.Heuristics.Responses;

namespace Vittne.Trails.Heuristics;

/// <summary>
/// What the heuristics of one worker, or of the run, share: the context, and the reading of the record at hand, so that a record is read
/// once and not once a heuristic.
/// </summary>
/// <param name="context">Look-ups and options.</param>
internal sealed class HeuristicReadings(HeuristicContext context)
{
    private HttpRequestRecord? _requestRecord;
    private RequestReading? _request;
    private HttpResponseRecord? _responseRecord;
    private ResponseReading? _response;
    private DnsRecord? _dnsRecord;
    private DnsReading? _dns;
    private readonly NameCache _names = new();

    public HeuristicContext Context { get; } = context;

    public ITrailIndex Index { get; } = context.Index ?? NoTrails.Instance;

    /// <summary>Parents whose names ran out of bounds; the heuristic for missing names is quiet about them.</summary>
    public ExhaustedParents Exhausted { get; } = new();

    /// <summary>Null when the request cannot be read, or when one of its addresses is whitelisted.</summary>
    public RequestReading? Request(HttpRequestRecord record)
    {
        if (!ReferenceEquals(record, _requestRecord))
        {
            _requestRecord = record;
            _request = IsMuted(record) ? null : RequestReading.Of(record, Index);
        }

        return _request;
    }

    /// <summary>Null when one of the response's addresses is whitelisted.</summary>
    public ResponseReading? Response(HttpResponseRecord record)
    {
        if (!ReferenceEquals(record, _responseRecord))
        {
            _responseRecord = record;
            _response = IsMuted(record) ? null : ResponseReading.Of(record);
        }

        return _response;
    }

    /// <summary>Null when the message cannot be read or asks for no name that DNS heuristics look at.</summary>
    public DnsReading? Dns(DnsRecord record)
    {
        if (!ReferenceEquals(record, _dnsRecord))
        {
            _dnsRecord = record;
            _dns = DnsReading.Of(record, _names);
        }

        return _dns;
    }

    /// <summary>True when sender or receiver is whitelisted: then only names are told.</summary>
    public bool IsMuted(Packets.Records.Record record) =>
        Index.IsWhitelisted(record.Flow.Source) || Index.IsWhitelisted(record.Flow.Destination);
}
