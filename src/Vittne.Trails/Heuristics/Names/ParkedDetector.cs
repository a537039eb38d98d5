using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Dns;

namespace Vittne.Trails.Heuristics.Names;

/// <summary>Answers that lead to a site where names are parked: a mistyped name, or a master that is gone.</summary>
internal sealed class ParkedDetector(HeuristicReadings readings) : IRecordDetector
{
    public static DetectorDescriptor Descriptor { get; } = new("parked", "names whose address is a known parking site");

    public RecordInterest Interest => RecordInterest.Dns;

    public long Dropped => 0;

    public void OnRecord(Record record, IRecordSink findings)
    {
        if (record is DnsRecord dns && AnsweredAddress.Find(dns, readings, "parking") is { } found)
        {
            findings.Add(HeuristicEvent.Make(
                dns, Descriptor, EventType.Dns, found.Trail, "dns.answer", "parked site (suspicious)", new Measure(1, 0)));
        }
    }

    public void OnEnd(in PacketStamp at, IRecordSink findings)
    {
    }
}
