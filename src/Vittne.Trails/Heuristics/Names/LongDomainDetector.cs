using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Dns;

namespace Vittne.Trails.Heuristics.Names;

/// <summary>Questions for names with a very long label, as tunnels and some malware make them; told once for a parent and hour.</summary>
internal sealed class LongDomainDetector(HeuristicReadings readings) : IRecordDetector
{
    /// <summary>Longest ordinary label.</summary>
    private const int Threshold = 24;

    private const int WindowSeconds = 3600;

    /// <summary>Parents that are remembered at a time, about 200 bytes each.</summary>
    private const int MaxParents = 50_000;

    private readonly RecencyMap<Key, Told> _told = new(MaxParents);

    public static DetectorDescriptor Descriptor { get; } = new("long-domain", "names with a label of more than 24 characters");

    public RecordInterest Interest => RecordInterest.Dns;

    public long Dropped { get; private set; }

    public void OnRecord(Record record, IRecordSink findings)
    {
        if (record is not DnsRecord dns || readings.Dns(dns) is not { IsResponse: false } reading)
        {
            return;
        }

        foreach (string name in reading.Names)
        {
            int length = LongestLabel(name);
            if (length <= Threshold
                || name.Contains("blogspot", StringComparison.Ordinal)
                || NameShapes.IsReputationLookup(name)
                || DnsReading.IsKnown(readings.Index, name))
            {
                continue;
            }

            string parent = ParentOf(name);
            Told told = _told.Touch(new Key(Endpoints.SenderOf(dns), Endpoints.ReceiverOf(dns), parent), out Told? evicted);
            Dropped += evicted is not null && IsOpen(evicted, dns.At.TimestampNs) ? 1 : 0;
            if (IsOpen(told, dns.At.TimestampNs))
            {
                continue;
            }

            told.IsSet = true;
            told.AtNs = dns.At.TimestampNs;
            findings.Add(HeuristicEvent.Make(
                dns, Descriptor, EventType.Dns, TrailOf(name), "dns.query", "long domain (suspicious)",
                new Measure(length, Threshold, WindowSeconds)));
        }
    }

    public void OnEnd(in PacketStamp at, IRecordSink findings)
    {
    }

    /// <summary>Length of the longest label without a dash above the top-level one; 0 when there is none.</summary>
    internal static int LongestLabel(ReadOnlySpan<char> name)
    {
        int longest = 0;
        int topLevel = name.LastIndexOf('.');
        ReadOnlySpan<char> labels = topLevel < 0 ? name : name[..topLevel];
        foreach (Range range in labels.Split('.'))
        {
            ReadOnlySpan<char> label = labels[range];
            longest = label.Length > longest && !label.Contains('-') ? label.Length : longest;
        }

        return longest;
    }

    // A tunnel to a server that is named by its address needs no real parent and fills the whole name with data: its names have nothing in
    // common. Top-level domains are letters, at most 63 of them but in fact below 25, or punycode (RFC 3696 section 2, IANA root zone).
    private static string ParentOf(string name)
    {
        ReadOnlySpan<char> topLevel = name.AsSpan(name.LastIndexOf('.') + 1);
        bool isTopLevel = topLevel.Length <= Threshold
            && (topLevel.StartsWith("xn--", StringComparison.Ordinal) || !topLevel.ContainsAnyInRange('0', '9'));
        return isTopLevel ? name[DnsParent.StartOf(name)..] : "";
    }

    private static string TrailOf(string name)
    {
        int start = DnsParent.StartOfLastTwo(name);
        if (start > 0)
        {
            return $"({name[..(start - 1)]}).{name[start..]}";
        }

        int dot = name.IndexOf('.', StringComparison.Ordinal);
        return $"({name[..dot]}){name[dot..]}";
    }

    private static bool IsOpen(Told told, long nowNs) =>
        told.IsSet && Math.Abs(nowNs - told.AtNs) <= WindowSeconds * 1_000_000_000L;

    private readonly record struct Key(IpAddress Client, IpAddress Server, string Parent)
    {
        // Seeded in every process: senders choose all three.
        public override int GetHashCode() => HashCode.Combine(Client.High, Client.Low, Server.High, Server.Low, Parent);
    }

    private sealed class Told
    {
        public bool IsSet { get; set; }

        public long AtNs { get; set; }
    }
}
