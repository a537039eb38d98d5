using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Http;

namespace Vittne.Trails.Heuristics.Requests;

/// <summary>File names that only scanners ask for, to learn how a server says that there is no such page.</summary>
internal sealed class OddPathDetector(HeuristicReadings readings) : IRecordDetector
{
    private const string NonExistentPage = "non-existent page (suspicious)";
    private const string WebScan = "potential web scan (suspicious)";

    private static readonly (string Part, string Info)[] Parts =
    [
        ("defaultwebpage.cgi", NonExistentPage),
        ("inexistent_file_name.inexistent", WebScan),
        ("test-for-some-inexistent", WebScan),
        ("long_inexistent_path", WebScan),
        ("some-inexistent-website.acu", WebScan),
    ];

    public static DetectorDescriptor Descriptor { get; } = new("odd-path", "file names that only scanners ask for");

    public RecordInterest Interest => RecordInterest.Requests;

    public long Dropped => 0;

    public void OnRecord(Record record, IRecordSink findings)
    {
        if (record is not HttpRequestRecord request || readings.Request(request) is not { IsHostWhitelisted: false } reading)
        {
            return;
        }

        ReadOnlySpan<char> path = reading.PathWithoutQuery;
        ReadOnlySpan<char> fileName = path[(path.LastIndexOf('/') + 1)..];
        foreach ((string part, string info) in Parts)
        {
            if (fileName.Contains(part, StringComparison.Ordinal))
            {
                findings.Add(HeuristicEvent.Make(
                    request, Descriptor, EventType.Url, $"{reading.Host}({reading.DisplayPath})", "http.url", info, new Measure(1, 0),
                    forwardedFor: ForwardingHeaders.Of(request.Head)));
                return;
            }
        }
    }

    public void OnEnd(in PacketStamp at, IRecordSink findings)
    {
    }
}
