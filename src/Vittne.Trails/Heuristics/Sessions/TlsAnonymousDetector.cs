using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Trails.Heuristics.Sessions;

/// <summary>
/// TLS to a server outside where nobody says who he is: the client names no server, and the server's certificate is signed by itself. So
/// do the servers of much malware; so do some devices. Certificates can be seen up to TLS 1.2 only.
/// </summary>
internal sealed class TlsAnonymousDetector(HeuristicReadings readings) : IRecordDetector
{
    private const int WindowSeconds = 3600;
    private const long WindowNs = WindowSeconds * 1_000_000_000L;

    /// <summary>Hellos that wait for a certificate, and servers that were told, at a time.</summary>
    private const int MaxWaiting = 8192;

    /// <summary>Longest subject that is shown.</summary>
    private const int MaxSubject = 120;

    private readonly RecencyMap<long, bool> _hellos = new(MaxWaiting);
    private readonly RecencyMap<Key, long> _told = new(MaxWaiting);

    public static DetectorDescriptor Descriptor { get; } =
        new("tls-anonymous", "TLS to servers outside without a name and with a self-signed certificate");

    public RecordInterest Interest => RecordInterest.Others;

    public long Dropped => 0;

    public void OnRecord(Record record, IRecordSink findings)
    {
        if (record is not TlsSighting sighting)
        {
            return;
        }

        if (!sighting.IsCertificate)
        {
            _hellos.Touch(sighting.Flow.Id, out _) = true;
            return;
        }

        if (!_hellos.TryLocate(sighting.Flow.Id, out int place) || !_hellos.At(place) || readings.IsMuted(sighting))
        {
            return;
        }

        _hellos.At(place) = false;
        FlowIdentity flow = sighting.Flow;
        long nowNs = sighting.At.TimestampNs;
        ref long toldNs = ref _told.Touch(new Key(flow.Source, flow.Destination, flow.DestinationPort), out _);
        if (toldNs != 0 && Math.Abs(nowNs - toldNs) <= WindowNs)
        {
            return;
        }

        toldNs = nowNs == 0 ? 1 : nowNs;
        string subject = sighting.Subject.Length > MaxSubject ? string.Concat(sighting.Subject.AsSpan(0, MaxSubject), "…") : sighting.Subject;
        findings.Add(HeuristicEvent.Make(
            sighting, Descriptor, EventType.Iport, Matching.AddressText.OfEndpoint(flow.Destination, flow.DestinationPort), "tls.cert",
            "anonymous tls (suspicious)", new Measure(1, 0, WindowSeconds), evidence: $"self-signed: {subject}") with
        {
            Direction = Direction.FromOriginator,
            Severity = readings.Index.TryFindEndpoint(flow.Destination, flow.DestinationPort, out _) || readings.Index.TryFindAddress(flow.Destination, out _)
                ? Severity.High
                : Severity.Low,
        });
    }

    public void OnEnd(in PacketStamp at, IRecordSink findings)
    {
    }

    private readonly record struct Key(IpAddress Client, IpAddress Server, ushort Port)
    {
        // Seeded in every process: senders choose all three.
        public override int GetHashCode() => HashCode.Combine(Client.High, Client.Low, Server.High, Server.Low, Port);
    }
}
