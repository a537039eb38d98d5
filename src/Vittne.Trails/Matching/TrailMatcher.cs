using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Dhcp;
using Vittne.Protocols.Dns;
using Vittne.Protocols.Http;
using Vittne.Protocols.Quic;
using Vittne.Protocols.Smtp;
using Vittne.Protocols.Socks;
using Vittne.Protocols.Ssh;
using Vittne.Protocols.Tls;

namespace Vittne.Trails.Matching;

/// <summary>
/// Compares what protocol records name with the trails: names, URLs, addresses in messages, fingerprints, certificates, User-Agents.
/// One instance per worker; it remembers what each open flow has told, so that one name in several places of a flow is one event.
/// </summary>
public sealed class TrailMatcher : IRecordDetector
{
    private readonly ThreatTeller _teller;
    private readonly DnsTrailMatcher _dns;
    private readonly HttpTrailMatcher _http;
    private readonly TlsTrailMatcher _tls;
    private readonly SessionTrailMatcher _sessions;

    /// <summary>Makes a matcher.</summary>
    /// <param name="index">The trails.</param>
    /// <param name="options">What to look at.</param>
    public TrailMatcher(ITrailIndex index, TrailMatcherOptions options)
    {
        var urls = new UrlMatcher(index);
        _teller = new ThreatTeller(index, new DomainMatcher(index, options.ExaminesLocalNames));
        _dns = new DnsTrailMatcher(index, _teller);
        _http = new HttpTrailMatcher(index, urls, options.UsesUserAgents ? new UserAgentMatcher(index, _teller) : null, _teller);
        _tls = new TlsTrailMatcher(urls, _teller);
        _sessions = new SessionTrailMatcher(_teller);
    }

    /// <summary>How the heuristic <c>user-agent</c>, which is part of this matcher, presents itself.</summary>
    public static DetectorDescriptor UserAgentDescriptor => UserAgentMatcher.Descriptor;

    /// <inheritdoc/>
    public RecordInterest Interest => RecordInterest.All & ~RecordInterest.FlowStarts;

    /// <inheritdoc/>
    public long Dropped => 0;

    /// <inheritdoc/>
    public void OnRecord(Record record, IRecordSink findings)
    {
        _teller.BeginRecord();
        switch (record)
        {
            case DnsRecord dns:
                _dns.OnRecord(dns, findings);
                break;
            case HttpRequestRecord request:
                _http.OnRecord(request, findings);
                break;
            case HttpResponseRecord response:
                _http.OnRecord(response, findings);
                break;
            case ClientHelloRecord hello:
                _tls.OnRecord(hello, findings);
                break;
            case ServerHelloRecord hello:
                _tls.OnRecord(hello, findings);
                break;
            case GoogleHelloRecord hello:
                _tls.OnRecord(hello, findings);
                break;
            case CertificateChainRecord chain:
                _tls.OnRecord(chain, findings);
                break;
            case SshKexInitRecord exchange:
                _teller.TellFingerprint(exchange, TrailKind.Hassh, exchange.Hassh, EventType.Hassh, "ssh.kexinit", findings);
                break;
            case SmtpRecord command:
                _sessions.OnRecord(command, findings);
                break;
            case SocksRecord request:
                _sessions.OnRecord(request, findings);
                break;
            case DhcpRecord message:
                _sessions.OnRecord(message, findings);
                break;
            default:
                break;
        }
    }

    /// <inheritdoc/>
    public void OnEnd(in PacketStamp at, IRecordSink findings)
    {
        // Every find was told with the record that held it.
    }
}
