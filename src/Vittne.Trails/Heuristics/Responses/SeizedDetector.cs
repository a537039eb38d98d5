using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Http;

namespace Vittne.Trails.Heuristics.Responses;

/// <summary>Pages that tell that the police took the domain over.</summary>
internal sealed class SeizedDetector(HeuristicReadings readings) : IRecordDetector
{
    private static readonly string[] Phrases = ["domain name has been seized by", "Domain Seized", "Domain Seizure"];

    public static DetectorDescriptor Descriptor { get; } = new("seized", "pages of domains that the police seized");

    public RecordInterest Interest => RecordInterest.Responses;

    public long Dropped => 0;

    public void OnRecord(Record record, IRecordSink findings)
    {
        if (record is not HttpResponseRecord response || readings.Response(response) is not { } reading)
        {
            return;
        }

        string title = reading.Title;
        foreach (string phrase in Phrases)
        {
            if (title.Contains(phrase, StringComparison.OrdinalIgnoreCase))
            {
                findings.Add(HeuristicEvent.Make(
                    response, Descriptor, EventType.Http, Requests.RequestText.Readable(title), "http.response",
                    "seized domain (suspicious)", new Measure(1, 0)));
                return;
            }
        }
    }

    public void OnEnd(in PacketStamp at, IRecordSink findings)
    {
    }
}
