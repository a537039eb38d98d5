using Vittne.Packets.Records.Schema;

namespace Vittne.Protocols.X509;

/// <summary>Schema of <see cref="CertificateRecord"/>.</summary>
public static class X509Schema
{
    /// <summary>Record <c>x509</c>.</summary>
    public static RecordSchema Schema { get; } = new RecordSchema<CertificateRecord, PresentedCertificate>(
        "x509",
        "Certificates presented in TLS and DTLS handshakes up to version 1.2, one record each",
        static record => record.Presented,
        Summarise,
        CertificateFields.Body);

    private static string Summarise(PresentedCertificate item)
    {
        X509Certificate certificate = item.Certificate;
        string subject = certificate.Subject.Length > 0 ? certificate.Subject : certificate.DnsNames.Count > 0 ? certificate.DnsNames[0] : "no subject";
        string issuer = certificate.Version == 0 ? "unreadable" : certificate.IsSelfSigned ? "self-signed" : $"by {certificate.Issuer}";
        return $"{subject} {issuer}{(item.IsExpired == true ? " expired" : "")} sha1={certificate.Sha1}";
    }
}
