using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Dns;

namespace Vittne.Trails.Heuristics.Names;

/// <summary>Answers that lead to a known sinkhole: the name was a botnet's, and whoever asks for it belongs to that.</summary>
internal sealed class SinkholedDetector(HeuristicReadings readings) : IRecordDetector
{
    private const string Word = "sinkhole";

    public static DetectorDescriptor Descriptor { get; } = new("sinkholed", "names whose address is a known sinkhole");

    public RecordInterest Interest => RecordInterest.Dns;

    public long Dropped => 0;

    public void OnRecord(Record record, IRecordSink findings)
    {
        if (record is not DnsRecord dns || AnsweredAddress.Find(dns, readings, Word) is not { } found)
        {
            return;
        }

        findings.Add(HeuristicEvent.Make(
            dns, Descriptor, EventType.Dns, found.Trail, "dns.answer", $"sinkholed by {OperatorIn(found.Info)} (malware)", new Measure(1, 0)));
    }

    public void OnEnd(in PacketStamp at, IRecordSink findings)
    {
    }

    /// <summary>The second word of <c>sinkhole NAME (malware)</c>, who runs it; <c>unknown</c> when the info has no such word.</summary>
    internal static string OperatorIn(string info)
    {
        string[] words = info.Split(' ', 3);
        return words.Length > 1 && words[1].Length > 0 && words[1][0] != '(' ? words[1] : "unknown";
    }
}
