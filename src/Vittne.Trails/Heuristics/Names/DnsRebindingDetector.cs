using System.Globalization;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Dns;

namespace Vittne.Trails.Heuristics.Names;

/// <summary>
/// Names of the Internet that lead into the own network: a page of that name may then talk to machines that only the victim reaches. A
/// resolver at home may say so of its own names; it is told when the same server mixes or changes public and private addresses of a name, or when a server
/// outside answers with private ones.
/// </summary>
internal sealed class DnsRebindingDetector(HeuristicReadings readings) : IRecordDetector
{
    private const int WindowSeconds = 3600;
    private const long WindowNs = WindowSeconds * 1_000_000_000L;

    /// <summary>Names of clients that were told, at a time.</summary>
    private const int MaxTold = 8192;

    /// <summary>Services whose names stand for the address in them, for certificates and tests.</summary>
    private static readonly string[] AddressNames =
        ["plex.direct", "nip.io", "sslip.io", "xip.io", "localtest.me", "lvh.me", "traefik.me", "ui.direct", "my.local-ip.co", "iplocal.direct"];

    private readonly AnswerHistory _history = new();
    private readonly RecencyMap<Key, long> _told = new(MaxTold);

    public static DetectorDescriptor Descriptor { get; } = new("dns-rebinding", "names of the Internet that are answered with private addresses");

    public RecordInterest Interest => RecordInterest.Dns;

    public long Dropped => 0;

    public void OnRecord(Record record, IRecordSink findings)
    {
        if (record is not DnsRecord dns
            || readings.Dns(dns) is not { IsGoodAnswer: true, Addresses.Count: > 0 } reading
            || reading.Names.Length == 0)
        {
            return;
        }

        Count(reading.Addresses, out int publics, out int privates, out IpAddress inside);
        string name = reading.Names[0];
        if (publics + privates == 0)
        {
            return;
        }

        long nowNs = dns.At.TimestampNs;
        IpAddress client = Endpoints.ReceiverOf(dns), server = Endpoints.SenderOf(dns);
        ref AnswerHistory.Place history = ref _history.Of(client, server, name);
        bool hasPublic = publics > 0 || (history.HasPublic && Math.Abs(nowNs - history.PublicNs) <= WindowNs);
        bool hasPrivate = privates > 0 || (history.HasPrivate && Math.Abs(nowNs - history.PrivateNs) <= WindowNs);
        (history.HasPublic, history.PublicNs) = publics > 0 ? (true, nowNs) : (history.HasPublic, history.PublicNs);
        (history.HasPrivate, history.PrivateNs) = privates > 0 ? (true, nowNs) : (history.HasPrivate, history.PrivateNs);
        string reason = publics > 0 && privates > 0 ? "public and private addresses in one answer"
            : hasPublic && hasPrivate ? "public and private addresses in turn"
            : hasPrivate && readings.Context.IsOutside(server) && !inside.IsLoopback ? "private address from a server outside"
            : "";
        if (reason.Length > 0 && !IsOrdinary(name) && !DnsReading.IsWhitelisted(readings.Index, name) && IsNew(new Key(client, name), nowNs))
        {
            findings.Add(HeuristicEvent.Make(
                dns, Descriptor, EventType.Dns, name, "dns.answer", "potential dns rebinding (suspicious)",
                new Measure(privates, 0, WindowSeconds),
                evidence: string.Create(CultureInfo.InvariantCulture, $"{reason}{(privates > 0 ? $": {inside}" : "")}")));
        }
    }

    public void OnEnd(in PacketStamp at, IRecordSink findings)
    {
    }

    private static void Count(IReadOnlyList<IpAddress> addresses, out int publics, out int privates, out IpAddress inside)
    {
        (publics, privates, inside) = (0, 0, default);
        for (int i = 0; i < addresses.Count; i++)
        {
            IpAddress address = addresses[i].Unmapped;
            if (address.IsPublic)
            {
                publics++;
            }
            else if (address.IsPrivate || address.IsLinkLocal || address.IsLoopback)
            {
                privates++;
                inside = address;
            }
        }
    }

    private static bool IsOrdinary(string name)
    {
        foreach (string parent in AddressNames)
        {
            if (name.EndsWith(parent, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return NameShapes.IsBlockListLookup(name) || NameShapes.IsReputationLookup(name) || NameShapes.IsLocalLookup(name);
    }

    private bool IsNew(Key key, long nowNs)
    {
        ref long toldNs = ref _told.Touch(key, out _);
        if (toldNs != 0 && Math.Abs(nowNs - toldNs) <= WindowNs)
        {
            return false;
        }

        toldNs = nowNs == 0 ? 1 : nowNs;
        return true;
    }

    private readonly record struct Key(IpAddress Client, string Name)
    {
        // Seeded in every process: senders choose both.
        public override int GetHashCode() => HashCode.Combine(Client.High, Client.Low, Name);
    }
}
