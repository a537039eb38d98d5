using System.Collections.Frozen;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Http;

namespace Vittne.Trails.Heuristics.Responses;

/// <summary>Responses whose declared type is a script or shortcut that Windows or a shell runs.</summary>
internal sealed class ContentTypeDetector(HeuristicReadings readings) : IRecordDetector
{
    private static readonly FrozenSet<string> Types = FrozenSet.ToFrozenSet(
    [
        "application/vnd.ms-htmlhelp",
        "application/x-bsh",
        "application/x-chm",
        "application/x-ms-shortcut",
        "application/x-sh",
        "application/x-shellscript",
        "application/hta",
        "application/x-ms-vsto",
        "text/x-scriptlet",
        "text/x-sh",
        "text/x-shellscript",
    ]);

    public static DetectorDescriptor Descriptor { get; } = new("content-type", "responses declared as scripts or shortcuts");

    public RecordInterest Interest => RecordInterest.Responses;

    public long Dropped => 0;

    public void OnRecord(Record record, IRecordSink findings)
    {
        if (record is HttpResponseRecord response
            && readings.Response(response) is { } reading
            && Types.Contains(reading.ContentType))
        {
            findings.Add(HeuristicEvent.Make(
                response, Descriptor, EventType.Http, reading.ContentType, "http.header", "content type (suspicious)", new Measure(1, 0)));
        }
    }

    public void OnEnd(in PacketStamp at, IRecordSink findings)
    {
    }
}
