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

    private readonly HeuristicReadings _readings;
    private readonly ScanTable<AddressPair, string> _pairs;

    public WebScanDetector(HeuristicReadings readings)
    {
        _readings = readings;
        _pairs = new ScanTable<AddressPair, string>(Threshold, readings.Context.ScanWindowNs);
    }

    public static DetectorDescriptor Descriptor { get; } = new("web-scan", "sources that ask one server for many unrelated paths");

    public long Dropped => _pairs.Dropped;

    public void OnRecord(Record record, IRecordSink findings)
    {
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

        if (_pairs.Crosses(new AddressPair(source, destination), segment, request.At.TimestampNs, out RecentDistinct<string>? segments))
        {
            findings.Add(HeuristicEvent.Make(
                request, Descriptor, EventType.Path, "*", "flow", "potential web scanning",
                new Measure(segments.Count, Threshold, _readings.Context.ScanWindowSeconds)));
        }
    }

    public void OnEnd(in PacketStamp at, IRecordSink findings)
    {
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
}
