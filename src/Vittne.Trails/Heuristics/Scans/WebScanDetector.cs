using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Http;

namespace Vittne.Trails.Heuristics.Scans;

/// <summary>One source asks one server for paths all over the place.</summary>
internal sealed class WebScanDetector : IRecordDetector
{
    private const int Threshold = 10;

    /// <summary>Longest segment that is told apart; so that eleven of them stay small.</summary>
    private const int MaxSegment = 64;

    /// <summary>Pairs whose answers are counted at a time.</summary>
    private const int MaxServers = 8192;

    private readonly HeuristicReadings _readings;
    private readonly ScanTable<AddressPair, string> _pairs;
    private readonly RecencyMap<AddressPair, Answers> _answers = new(MaxServers);

    public WebScanDetector(HeuristicReadings readings)
    {
        _readings = readings;
        _pairs = new ScanTable<AddressPair, string>(Threshold, readings.Context.ScanWindowNs);
    }

    public static DetectorDescriptor Descriptor { get; } = new("web-scan", "sources that ask one server for many unrelated paths");

    public RecordInterest Interest => RecordInterest.Requests | RecordInterest.Responses;

    public long Dropped => _pairs.Dropped;

    public void OnRecord(Record record, IRecordSink findings)
    {
        if (record is HttpResponseRecord response)
        {
            OnResponse(response);
            return;
        }

        if (record is not HttpRequestRecord request
            || _readings.Request(request) is not { } reading
            || FirstSegmentOf(reading.Path) is not { } segment)
        {
            return;
        }

        IpAddress source = Endpoints.SenderOf(request);
        IpAddress destination = Endpoints.ReceiverOf(request);
        if (AddressRanges.Private.Contains(source) && AddressRanges.Private.Contains(destination))
        {
            return;
        }

        var pair = new AddressPair(source, destination);
        if (_pairs.Crosses(pair, segment, request.At.TimestampNs, out RecentDistinct<string>? segments))
        {
            Answers answers = _answers.TryLocate(pair, out int place) ? _answers.At(place) : default;
            ThreatRecord threat = HeuristicEvent.Make(
                request, Descriptor, EventType.Path, "*", "flow", "potential web scanning",
                new Measure(segments.Count, Threshold, _readings.Context.ScanWindowSeconds),
                evidence: answers.All == 0 ? "" : $"{answers.Errors} of {answers.All} answers were 4xx");

            // Who looks for what is not there guesses; who is given what he asks for may as well be reading.
            findings.Add(answers.Errors > 0 && answers.Errors * 2 >= answers.All ? threat with { Severity = Severity.Medium } : threat);
        }
    }

    public void OnEnd(in PacketStamp at, IRecordSink findings)
    {
    }

    private void OnResponse(HttpResponseRecord response)
    {
        IpAddress client = Endpoints.ReceiverOf(response);
        IpAddress server = Endpoints.SenderOf(response);
        if ((AddressRanges.Private.Contains(client) && AddressRanges.Private.Contains(server)) || !HttpHead.TryParse(response.Head, out HttpHead head))
        {
            return;
        }

        ref Answers answers = ref _answers.Touch(new AddressPair(client, server), out _);
        if (answers.All == 0 || Math.Abs(response.At.TimestampNs - answers.BeginNs) > _readings.Context.ScanWindowNs)
        {
            answers = new Answers { BeginNs = response.At.TimestampNs };
        }

        answers.All++;
        answers.Errors += head.Status is >= 400 and < 500 ? 1 : 0;
    }

    /// <summary>The first segment of a path without its query; null when the target is no path.</summary>
    internal static string? FirstSegmentOf(string path)
    {
        if (!path.StartsWith('/'))
        {
            return null;
        }

        int end = path.AsSpan(1).IndexOfAny('/', '?');
        int length = end < 0 ? path.Length - 1 : end;
        return path.Substring(1, Math.Min(length, MaxSegment));
    }

    // Of the window that began with the first answer.
    private struct Answers
    {
        public long BeginNs;
        public int All;
        public int Errors;
    }
}
