using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Http;

namespace Vittne.Trails.Heuristics.Requests;

/// <summary>
/// Requests of HTTP/1.1 without a Host field, which every client must send (RFC 9112 section 3.2): simple programs, scanners, exploits.
/// Off by default, since much of that is no harm.
/// </summary>
internal sealed class MissingHostDetector(HeuristicReadings readings) : IRecordDetector
{
    public static DetectorDescriptor Descriptor { get; } =
        new("missing-host", "requests that do not name the host they want", IsOnByDefault: false);

    public RecordInterest Interest => RecordInterest.Requests;

    public long Dropped => 0;

    public void OnRecord(Record record, IRecordSink findings)
    {
        if (record is not HttpRequestRecord request
            || !HttpHead.TryParse(request.Head, out HttpHead head)
            || !head.Version.SequenceEqual("HTTP/1.1"u8)
            || head.TryGetHeader("Host"u8, out _)
            || !head.Authority.IsEmpty
            || readings.Request(request) is not { } reading)
        {
            return;
        }

        findings.Add(HeuristicEvent.Make(
            request, Descriptor, EventType.Http, $"{reading.Host}{reading.DisplayPath}", "http.header", "missing host header (suspicious)",
            new Measure(0, 1)) with
        {
            Severity = Severity.Low,
        });
    }

    public void OnEnd(in PacketStamp at, IRecordSink findings)
    {
    }
}
