using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Dns;

namespace Vittne.Trails.Heuristics.Names;

/// <summary>
/// Very many different names below one parent in a minute: an attack on that parent's servers with names that no cache knows, or a tunnel.
/// </summary>
internal sealed class DnsExhaustionDetector(HeuristicReadings readings) : IRecordDetector
{
    private const int Threshold = 1000;
    private const int WindowSeconds = 60;
    private const long WindowNs = WindowSeconds * 1_000_000_000L;

    private readonly NameWindow _names = new(WindowNs);

    public static DetectorDescriptor Descriptor { get; } = new("dns-exhaustion", "parents of which very many different names are asked for");

    public RecordInterest Interest => RecordInterest.Dns;

    public long Dropped => _names.Dropped;

    public void OnRecord(Record record, IRecordSink findings)
    {
        if (record is not DnsRecord dns || readings.Dns(dns) is not { IsResponse: false } reading)
        {
            return;
        }

        long nowNs = dns.At.TimestampNs;
        foreach (string name in reading.Names)
        {
            int start = DnsParent.StartOf(name);
            if (start == 0
                || NameShapes.IsLocalLookup(name)
                || NameShapes.IsBlockListLookup(name)
                || NameShapes.BeginsWithDashedAddress(name))
            {
                continue;
            }

            int count = _names.Add(name, start, nowNs);
            if (count <= Threshold)
            {
                continue;
            }

            string parent = name[start..];
            if (!readings.Exhausted.Contains(parent, nowNs) && !DnsReading.IsWhitelisted(readings.Index, parent))
            {
                readings.Exhausted.Add(parent, nowNs);
                findings.Add(HeuristicEvent.Make(
                    dns, Descriptor, EventType.Dns, $"({name[..(start - 1)]}).{parent}", "dns.query",
                    "potential dns exhaustion (suspicious)", new Measure(count, Threshold, WindowSeconds)));
            }
        }
    }

    public void OnEnd(in PacketStamp at, IRecordSink findings)
    {
    }
}
