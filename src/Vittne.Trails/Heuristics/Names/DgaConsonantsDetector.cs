using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Dns;

namespace Vittne.Trails.Heuristics.Names;

/// <summary>Names that do not exist and that nobody could say: nearly all consonants.</summary>
internal sealed class DgaConsonantsDetector(HeuristicReadings readings) : IRecordDetector
{
    private readonly bool _isSecond = readings.Context.IsEnabled(DgaEntropyDetector.Descriptor);

    public static DetectorDescriptor Descriptor { get; } = new("dga-consonants", "missing names with more than nine consonants");

    public RecordInterest Interest => RecordInterest.Dns;

    public long Dropped => 0;

    public void OnRecord(Record record, IRecordSink findings)
    {
        // One of both is told: the entropy where it is high enough, unless that heuristic is off.
        if (record is DnsRecord dns
            && GeneratedLabel.TryFind(dns, readings, out GeneratedLabel label)
            && label.Consonants > GeneratedLabel.ConsonantThreshold
            && !(_isSecond && label.EntropyBits > GeneratedLabel.EntropyThreshold))
        {
            findings.Add(HeuristicEvent.Make(
                dns, Descriptor, EventType.Dns, label.Trail, "dns.answer", "consonant threshold no such domain (suspicious)",
                new Measure(label.Consonants, GeneratedLabel.ConsonantThreshold)));
        }
    }

    public void OnEnd(in PacketStamp at, IRecordSink findings)
    {
    }
}
