using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Dns;

namespace Vittne.Trails.Heuristics.Names;

/// <summary>Names that do not exist and whose letters are spread as evenly as only a program spreads them.</summary>
internal sealed class DgaEntropyDetector(HeuristicReadings readings) : IRecordDetector
{
    public static DetectorDescriptor Descriptor { get; } = new("dga-entropy", "missing names with an even spread of letters");

    public RecordInterest Interest => RecordInterest.Dns;

    public long Dropped => 0;

    public void OnRecord(Record record, IRecordSink findings)
    {
        if (record is DnsRecord dns
            && GeneratedLabel.TryFind(dns, readings, out GeneratedLabel label)
            && label.EntropyBits > GeneratedLabel.EntropyThreshold)
        {
            findings.Add(HeuristicEvent.Make(
                dns, Descriptor, EventType.Dns, label.Trail, "dns.answer", "entropy threshold no such domain (suspicious)",
                new Measure(label.EntropyBits, GeneratedLabel.EntropyThreshold)));
        }
    }

    public void OnEnd(in PacketStamp at, IRecordSink findings)
    {
    }
}
