using System.Globalization;
using System.Text;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Dns;

namespace Vittne.Trails.Heuristics.Names;

/// <summary>
/// Questions that carry data: a client asks for very many different long names below one parent, so that together they are a message and
/// not names.
/// </summary>
internal sealed class DnsTunnelDetector(HeuristicReadings readings, int maxParents = DnsTunnelDetector.DefaultMaxParents) : IRecordDetector
{
    /// <summary>Characters in front of the parent, all names of the window together.</summary>
    private const int Threshold = 4000;

    /// <summary>Fewer different names are no conversation.</summary>
    private const int MinNames = 30;

    /// <summary>What is shorter in front of the parent is a name: hosts, languages, regions, hashes of 64 bits.</summary>
    private const int MinLength = 24;

    /// <summary>Hex has up to 4 bits a character, base32 up to 5; counters and paddings have less than this.</summary>
    private const double MinEntropyBits = 3.2;

    private const int WindowSeconds = 600;
    private const long WindowNs = WindowSeconds * 1_000_000_000L;
    private const long ToldNs = 3600 * 1_000_000_000L;

    /// <summary>Longest top-level domain: what is longer, or has a digit and is no punycode, is data to a server that needs no real parent.</summary>
    private const int MaxTopLevel = 24;

    /// <summary>Parents of clients that are watched at a time, 700 bytes each.</summary>
    private const int DefaultMaxParents = 8192;

    private readonly RecencyMap<Key, NameVolume> _volumes = new(maxParents);

    public static DetectorDescriptor Descriptor { get; } = new("dns-tunnel", "clients that send data in the names they ask for");

    public RecordInterest Interest => RecordInterest.Dns;

    public long Dropped { get; private set; }

    public void OnRecord(Record record, IRecordSink findings)
    {
        if (record is not DnsRecord { Variant: DnsVariant.Dns } dns
            || !DnsMessage.TryView(dns.Message, out DnsMessage message)
            || message.IsResponse)
        {
            return;
        }

        Span<byte> text = stackalloc byte[DnsMessage.MaxNameTextLength];
        foreach (DnsQuestion question in message.Questions)
        {
            int length = message.WriteLowerName(question.NameOffset, text);
            if (length > MinLength)
            {
                OnName(dns, text[..length], findings);
            }

            // Others of the same message add nothing: no resolver asks more than one.
            return;
        }
    }

    public void OnEnd(in PacketStamp at, IRecordSink findings)
    {
    }

    private void OnName(DnsRecord dns, ReadOnlySpan<byte> name, IRecordSink findings)
    {
        Span<char> characters = stackalloc char[DnsMessage.MaxNameTextLength];
        characters = characters[..Encoding.Latin1.GetChars(name, characters)];
        int start = StartOfParent(characters);
        ReadOnlySpan<byte> data = start == name.Length ? name : name[..Math.Max(0, start - 1)];
        if (data.Length < MinLength || IsOrdinary(characters))
        {
            return;
        }

        long nowNs = dns.At.TimestampNs;
        string parent = characters[start..].ToString();
        IpAddress server = parent.Length == 0 ? Endpoints.ReceiverOf(dns) : default;
        NameVolume volume = _volumes.Touch(new Key(Endpoints.SenderOf(dns), server, parent), out NameVolume? evicted);
        Dropped += evicted is { Names: > 1 } && evicted.IsWithin(nowNs, WindowNs) ? 1 : 0;
        if (!volume.Add(data, nowNs, WindowNs)
            || volume.Length <= Threshold
            || volume.Names < MinNames
            || (volume.IsTold && Math.Abs(nowNs - volume.ToldNs) <= ToldNs)
            || volume.EntropyBits() < MinEntropyBits
            || readings.Index.IsWhitelistedDomain(name))
        {
            return;
        }

        (volume.IsTold, volume.ToldNs) = (true, nowNs);
        string shown = parent.Length > 0 ? $"({characters[..(start - 1)]}).{parent}" : $"({characters})";
        findings.Add(HeuristicEvent.Make(
            dns, Descriptor, EventType.Dns, shown, "dns.query", "potential dns tunneling (suspicious)",
            new Measure(volume.Length, Threshold, WindowSeconds),
            evidence: string.Create(
                CultureInfo.InvariantCulture, $"{volume.Names} names, {volume.Length} characters, {volume.EntropyBits():F1} bits each")));
    }

    // The length of the name when it has no parent that could be registered.
    private static int StartOfParent(ReadOnlySpan<char> name)
    {
        ReadOnlySpan<char> topLevel = name[(name.LastIndexOf('.') + 1)..];
        bool isTopLevel = topLevel.Length <= MaxTopLevel
            && (topLevel.StartsWith("xn--", StringComparison.Ordinal) || !topLevel.ContainsAnyExceptInRange('a', 'z'));
        return isTopLevel ? DnsParent.StartOf(name) : name.Length;
    }

    // Reverse look-ups (RFC 1035 section 3.5, RFC 3596 section 2.5), block lists, and services that answer what they think of a hash.
    private static bool IsOrdinary(ReadOnlySpan<char> name) =>
        name.EndsWith(".arpa", StringComparison.Ordinal) || NameShapes.IsBlockListLookup(name) || NameShapes.IsReputationLookup(name);

    private readonly record struct Key(IpAddress Client, IpAddress Server, string Parent)
    {
        // Seeded in every process: senders choose all three.
        public override int GetHashCode() => HashCode.Combine(Client.High, Client.Low, Server.High, Server.Low, Parent);
    }
}
