using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Tls;
using Vittne.Protocols.X509;
using Vittne.Trails.Text;

namespace Vittne.Trails.Heuristics.Sessions;

/// <summary>The part of <see cref="TlsAnonymousDetector"/> that reads hellos and certificates, in the workers.</summary>
internal sealed class TlsAnonymousFilter(HeuristicReadings readings) : IRecordDetector
{
    // A server shows the same certificate to all its clients, and nearly none is self-signed.
    private readonly CleanTexts _signedByOthers = new();

    // To check a signature costs as much as a thousand packets.
    private readonly CleanTexts _selfSigned = new();

    public RecordInterest Interest => RecordInterest.Others;

    public long Dropped => 0;

    public void OnRecord(Record record, IRecordSink findings)
    {
        switch (record)
        {
            case ClientHelloRecord { Carrier: TlsCarrier.Tls, IsSslV2: false, Direction: Direction.FromOriginator } hello:
                if (IsWatched(hello)
                    && ClientHello.TryParse(hello.Message, out ClientHello read)
                    && !read.HasServerName && !read.HasEncryptedClientHello && !read.HasEncryptedServerName)
                {
                    findings.Add(Sighting(hello, isCertificate: false, ""));
                }

                break;

            case CertificateChainRecord { Carrier: TlsCarrier.Tls, Direction: Direction.FromResponder, Certificates.Count: 1 } chain:
                if (IsWatched(chain))
                {
                    OnCertificate(chain, findings);
                }

                break;
        }
    }

    public void OnEnd(in PacketStamp at, IRecordSink findings)
    {
    }

    // Behind STARTTLS mail and chat servers show what they have, and names are not asked for; remote desktops sign for themselves.
    private bool IsWatched(Record record) =>
        record.Flow.DestinationPort is not (21 or 25 or 110 or 119 or 143 or 389 or 587 or 2525 or 3389 or 4190 or 5061 or 5222 or 5269 or 5432 or 6667)
        && readings.Context.IsOutside(record.Flow.Destination);

    private void OnCertificate(CertificateChainRecord chain, IRecordSink findings)
    {
        byte[] leaf = chain.Certificates[0];
        ulong key = _signedByOthers.KeyOf(leaf, 0);
        if (_signedByOthers.Contains(key))
        {
            return;
        }

        if (X509Certificate.TryParse(leaf, out X509Certificate certificate) && (_selfSigned.Contains(key) || certificate.IsSelfSigned))
        {
            _selfSigned.Add(key);
            findings.Add(Sighting(chain, isCertificate: true, certificate.Subject));
        }
        else
        {
            _signedByOthers.Add(key);
        }
    }

    private static TlsSighting Sighting(Record record, bool isCertificate, string subject) => new()
    {
        Flow = record.Flow,
        At = record.At,
        Direction = record.Direction,
        IsCertificate = isCertificate,
        Subject = subject,
    };
}
