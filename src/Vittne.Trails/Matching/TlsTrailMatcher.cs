using System.Text;
using Vittne.Packets.Records;
using Vittne.Protocols.Fingerprints;
using Vittne.Protocols.Quic;
using Vittne.Protocols.Tls;
using Vittne.Protocols.X509;
using Vittne.Trails.Text;

namespace Vittne.Trails.Matching;

/// <summary>Compares server names, fingerprints and certificates of handshakes with the trails.</summary>
/// <param name="urls">Knows the hosts of which anything is a trail.</param>
/// <param name="teller">Makes the events.</param>
internal sealed class TlsTrailMatcher(UrlMatcher urls, ThreatTeller teller)
{
    private const string HelloSource = "tls.handshake";
    private const string CertificateSource = "tls.cert";

    // A server shows the same certificates to all its clients.
    private readonly CleanTexts _clean = new();

    /// <summary>Looks at a ClientHello: server name, JA3, JA4.</summary>
    public void OnRecord(ClientHelloRecord record, IRecordSink findings)
    {
        if (!ClientHello.TryParse(record.Message, out ClientHello hello))
        {
            return;
        }

        if (!hello.Sni.IsEmpty)
        {
            TellServerName(record, hello.Sni, SourceOf(record.Carrier), findings);
        }

        if (teller.Holds(TrailKind.Ja3))
        {
            teller.TellFingerprint(record, TrailKind.Ja3, Ja3.Compute(hello).Hash, EventType.Ja3, HelloSource, findings);
        }

        if (teller.Holds(TrailKind.Ja4))
        {
            teller.TellFingerprint(record, TrailKind.Ja4, Ja4.Compute(hello, record.Carrier).Value, EventType.Ja4, HelloSource, findings);
        }
    }

    /// <summary>Looks at a hello of Google's own handshake: its server name. It has no fingerprint.</summary>
    public void OnRecord(GoogleHelloRecord record, IRecordSink findings)
    {
        if (record.Sni.Length is > 0 and <= DomainMatcher.MaxNameLength)
        {
            TellServerName(record, Encoding.Latin1.GetBytes(record.Sni), SourceOf(TlsCarrier.Quic), findings);
        }
    }

    /// <summary>Looks at a ServerHello: JA3S.</summary>
    public void OnRecord(ServerHelloRecord record, IRecordSink findings)
    {
        if (teller.Holds(TrailKind.Ja3s) && ServerHello.TryParse(record.Message, out ServerHello hello))
        {
            teller.TellFingerprint(record, TrailKind.Ja3s, Ja3s.Compute(hello).Hash, EventType.Ja3s, HelloSource, findings);
        }
    }

    /// <summary>Looks at every certificate of a chain: an issuer may be the indicator as well as the leaf.</summary>
    public void OnRecord(CertificateChainRecord record, IRecordSink findings)
    {
        foreach (byte[] der in record.Certificates)
        {
            ulong key = _clean.KeyOf(der, 0);
            if (_clean.Contains(key))
            {
                continue;
            }

            long finds = teller.Finds;
            bool isReadable = X509Certificate.TryParse(der, out X509Certificate certificate);
            if (teller.Holds(TrailKind.Certificate))
            {
                TellCertificate(record, certificate.Sha1, findings);
                TellCertificate(record, certificate.Sha256, findings);
                TellCertificate(record, certificate.Md5, findings);
            }

            if (isReadable)
            {
                TellNames(record, certificate.SubjectCommonNames, findings);
                TellNames(record, certificate.DnsNames, findings);
            }

            if (teller.Finds == finds)
            {
                _clean.Add(key);
            }
        }
    }

    private static string SourceOf(TlsCarrier carrier) => carrier switch
    {
        TlsCarrier.Dtls => "dtls.sni",
        TlsCarrier.Quic => "quic.sni",
        _ => "tls.sni",
    };

    private void TellServerName(Record record, ReadOnlySpan<byte> name, string source, IRecordSink findings)
    {
        teller.TellName(record, name, source, [], findings);
        if (name.Length > DomainMatcher.MaxNameLength)
        {
            return;
        }

        Span<byte> lower = stackalloc byte[DomainMatcher.MaxNameLength];
        if (Ascii.ToLower(name, lower, out int length) == System.Buffers.OperationStatus.Done
            && urls.TryFindHost(lower[..length], out UrlFind find))
        {
            teller.Tell(record, EventType.Url, find.Text, find.Trail, source, [], findings);
        }
    }

    private void TellCertificate(CertificateChainRecord record, string digest, IRecordSink findings) =>
        teller.TellFingerprint(record, TrailKind.Certificate, digest, EventType.Cert, CertificateSource, findings);

    private void TellNames(CertificateChainRecord record, IReadOnlyList<string> names, IRecordSink findings)
    {
        Span<byte> bytes = stackalloc byte[DomainMatcher.MaxNameLength];
        foreach (string name in names)
        {
            // A wildcard stands for all names below its parent, so the parent is what can be compared (RFC 6125 section 6.4.3).
            ReadOnlySpan<char> host = name.StartsWith("*.", StringComparison.Ordinal) ? name.AsSpan(2) : name;
            if (Ascii.IsValid(host) && Encoding.ASCII.TryGetBytes(host, bytes, out int length))
            {
                teller.TellName(record, bytes[..length], CertificateSource, [], findings);
            }
        }
    }
}
