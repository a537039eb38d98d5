using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Dns;

namespace Vittne.Trails.Heuristics.Names;

/// <summary>
/// A client that is told again and again that a name, or names of one parent, do not exist (NXDOMAIN, RFC 1035 section 4.1.1): malware that
/// looks for its master under generated names, or that outlived it.
/// </summary>
internal sealed class NxdomainDetector(HeuristicReadings readings) : IRecordDetector
{
    private const int Threshold = 20;
    private const int WindowSeconds = 3600;
    private const long WindowNs = WindowSeconds * 1_000_000_000L;

    /// <summary>Names and parents of clients that are watched at a time.</summary>
    private const int MaxKeys = 50_000;

    private readonly RecencyMap<Key, Watch> _watches = new(MaxKeys);

    public static DetectorDescriptor Descriptor { get; } = new("nxdomain", "clients that ask for very many names that do not exist");

    public RecordInterest Interest => RecordInterest.Dns;

    public long Dropped { get; private set; }

    public void OnRecord(Record record, IRecordSink findings)
    {
        if (record is not DnsRecord dns || readings.Dns(dns) is not { IsMissingName: true } reading || reading.Names.Length == 0)
        {
            return;
        }

        string name = reading.Names[0];
        int start = DnsParent.StartOf(name);
        string parent = name[start..];
        long nowNs = dns.At.TimestampNs;
        if (readings.Exhausted.Contains(parent, nowNs)
            || DnsReading.IsKnown(readings.Index, name)
            || DnsReading.HasNumericTopLevel(name)
            || NameShapes.IsBlockListLookup(name)
            || NameShapes.IsLocalLookup(name))
        {
            return;
        }

        IpAddress client = Endpoints.ReceiverOf(dns);
        if (Crosses(new Key(client, name), "", nowNs, out _))
        {
            Tell(dns, name, findings);
        }
        else if (start > 0 && Crosses(new Key(client, "*." + parent), name[..(start - 1)], nowNs, out Watch? watch))
        {
            Tell(dns, $"({string.Join(',', SortedNames(watch!))}).{parent}", findings);
        }
    }

    public void OnEnd(in PacketStamp at, IRecordSink findings)
    {
    }

    private static void Tell(DnsRecord dns, string trail, IRecordSink findings) =>
        findings.Add(HeuristicEvent.Make(
            dns, Descriptor, EventType.Dns, trail, "dns.answer", "excessive no such domain (suspicious)",
            new Measure(Threshold + 1, Threshold, WindowSeconds)));

    private static List<string> SortedNames(Watch watch)
    {
        var names = new List<string>(watch.Names.Length);
        foreach (string name in watch.Names)
        {
            if (!names.Contains(name))
            {
                names.Add(name);
            }
        }

        names.Sort(StringComparer.Ordinal);
        return names;
    }

    private bool Crosses(Key key, string name, long nowNs, out Watch? watch)
    {
        watch = _watches.Touch(key, out Watch? evicted);
        Dropped += evicted is { Count: > 0 } && Math.Abs(nowNs - evicted.NewestNs) <= WindowNs ? 1 : 0;
        watch.Add(name, nowNs);
        if (watch.Count <= Threshold || Math.Abs(nowNs - watch.OldestNs) > WindowNs || (watch.WasTold && Math.Abs(nowNs - watch.ToldNs) <= WindowNs))
        {
            return false;
        }

        watch.WasTold = true;
        watch.ToldNs = nowNs;
        return true;
    }

    private readonly record struct Key(IpAddress Client, string Name)
    {
        // Seeded in every process: senders choose both.
        public override int GetHashCode() => HashCode.Combine(Client.High, Client.Low, Name);
    }

    /// <summary>The last answers of one key, as many as it takes to cross the threshold.</summary>
    private sealed class Watch
    {
        private string[] _names = [];
        private long[] _timesNs = [];
        private int _next;

        public int Count { get; private set; }

        public bool WasTold { get; set; }

        public long ToldNs { get; set; }

        public ReadOnlySpan<string> Names => _names.AsSpan(0, Count);

        public long OldestNs => _timesNs[Count == Threshold + 1 ? _next : 0];

        public long NewestNs => _timesNs[(_next + _timesNs.Length - 1) % _timesNs.Length];

        public void Add(string name, long timeNs)
        {
            if (Count == _names.Length && Count <= Threshold)
            {
                int length = Math.Min(Threshold + 1, Math.Max(2, Count * 2));
                Array.Resize(ref _names, length);
                Array.Resize(ref _timesNs, length);
            }

            // The arrays grow only while they have not been written round.
            int at = Count <= Threshold ? Count : _next;
            _names[at] = name;
            _timesNs[at] = timeNs;
            Count = Math.Min(Count + 1, Threshold + 1);
            _next = (at + 1) % (Threshold + 1);
        }
    }
}
