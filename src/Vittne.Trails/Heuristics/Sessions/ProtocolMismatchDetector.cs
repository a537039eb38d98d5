using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Dns;
using Vittne.Protocols.Ftp;
using Vittne.Protocols.Http;
using Vittne.Protocols.Imap;
using Vittne.Protocols.Irc;
using Vittne.Protocols.Pop3;
using Vittne.Protocols.Quic;
using Vittne.Protocols.Smtp;
using Vittne.Protocols.Ssh;
using Vittne.Protocols.Tls;

namespace Vittne.Trails.Heuristics.Sessions;

/// <summary>
/// A protocol on the well-known port of another one: what passes a firewall by its port and not by what it says. It counts more when the server
/// is one of the trails.
/// </summary>
internal sealed class ProtocolMismatchDetector(HeuristicReadings readings) : IRecordDetector
{
    private const int WindowSeconds = 3600;

    public static DetectorDescriptor Descriptor { get; } = new("protocol-mismatch", "protocols on the well-known port of another one");

    public RecordInterest Interest => RecordInterest.Dns | RecordInterest.Requests | RecordInterest.Others;

    public long Dropped => 0;

    public void OnRecord(Record record, IRecordSink findings)
    {
        ushort port = record.Flow.DestinationPort;
        PortProtocols expected = PortProtocols.Of(port, record.Flow.Protocol);
        if (expected.IsAny)
        {
            return;
        }

        string found = record switch
        {
            HttpRequestRecord { Depth: 1 } => "http",
            ClientHelloRecord { Carrier: TlsCarrier.Tls } => "tls",
            ClientHelloRecord { Carrier: TlsCarrier.Quic } or GoogleHelloRecord => "quic",
            SshBannerRecord => "ssh",
            IrcRecord => "irc",
            FtpRecord { Command.Length: > 0 } => "ftp",
            SmtpRecord { Command.Length: > 0 } => "smtp",
            Pop3Record { Command.Length: > 0 } => "pop3",
            ImapRecord { Command.Length: > 0 } => "imap",
            DnsRecord => "dns",
            _ => "",
        };
        if (found.Length == 0 || expected.Holds(found) || readings.IsMuted(record))
        {
            return;
        }

        IpAddress server = record.Flow.Destination;
        ThreatRecord threat = HeuristicEvent.Make(
            record, Descriptor, EventType.Iport, Matching.AddressText.OfEndpoint(server, port), "flow", "protocol mismatch (suspicious)",
            new Measure(1, 0, WindowSeconds), evidence: $"{found} on the port of {expected.Names}");
        if (readings.Index.TryFindEndpoint(server, port, out int trail) || readings.Index.TryFindAddress(server, out trail))
        {
            threat = threat with { Severity = Severity.High, Evidence = $"{threat.Evidence}, to {readings.Index.Get(trail).Info}" };
        }

        // Server and client both show what they speak: the direction is the client's for either.
        findings.Add(HeuristicCandidate.Of(threat with { Direction = Direction.FromOriginator }, WindowSeconds));
    }

    public void OnEnd(in PacketStamp at, IRecordSink findings)
    {
    }
}
