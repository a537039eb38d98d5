using System.Globalization;
using Vittne.Packets.Records.Schema;

namespace Vittne.Protocols.X509;

/// <summary>The fields of a certificate: the body of record <c>x509</c>, and of each certificate in a <c>tls</c> record.</summary>
internal static class CertificateFields
{
    /// <summary>The fields in order.</summary>
    public static RecordField<PresentedCertificate>[] Body { get; } =
    [
        Field.Integer<PresentedCertificate>("chain_index", "place in the chain that was presented; 0 is the leaf", static item => item.ChainIndex),
        Field.Flag<PresentedCertificate>("client", "true when the client presented it", static item => item.IsClient),
        Field.Integer<PresentedCertificate>("version", "1, 2 or 3", static item => item.Certificate.Version is > 0 and int version ? version : null)
            .Also("x509af.version"),
        Text("serial", "serial number: upper-case hex of the magnitude, without a leading 00 octet", static certificate => certificate.Serial)
            .Also("x509af.serialNumber"),
        Text("subject", "subject as RFC 4514 text, most specific part first", static certificate => certificate.Subject).Also("x509af.subject"),
        Text("issuer", "issuer as RFC 4514 text, most specific part first", static certificate => certificate.Issuer).Also("x509af.issuer"),
        Texts("subject_cn", "common names of the subject", static certificate => certificate.SubjectCommonNames),
        Texts("issuer_cn", "common names of the issuer", static certificate => certificate.IssuerCommonNames),
        Texts("subject_o", "organisations of the subject", static certificate => certificate.SubjectOrganizations),
        Texts("issuer_o", "organisations of the issuer", static certificate => certificate.IssuerOrganizations),
        Texts("san_dns", "dNSName values of subjectAltName", static certificate => certificate.DnsNames).Also("x509ce.dNSName"),
        Texts("san_ip", "iPAddress values of subjectAltName", static certificate => certificate.IpAddresses).Also("x509ce.iPAddress"),
        Texts("san_email", "rfc822Name values of subjectAltName", static certificate => certificate.EmailAddresses).Also("x509ce.rfc822Name"),
        Texts("san_uri", "uniformResourceIdentifier values of subjectAltName", static certificate => certificate.Uris)
            .Also("x509ce.uniformResourceIdentifier"),
        Time("not_before", "start of validity", static certificate => certificate.NotBefore).Also("x509af.notBefore"),
        Time("not_after", "end of validity", static certificate => certificate.NotAfter).Also("x509af.notAfter"),
        Text("key_type", "`rsa` `ec` `dsa` `ed25519` `ed448`, else the dotted number", static certificate => certificate.KeyType),
        Field.Integer<PresentedCertificate>(
            "key_bits", "size of the key in bits", static item => item.Certificate.KeyBits is > 0 and int bits ? bits : null),
        Text("curve", "named curve of an EC key", static certificate => certificate.Curve),
        Text("signature_algorithm", "how it is signed", static certificate => certificate.SignatureAlgorithm),
        Field.Flag<PresentedCertificate>(
            "basic_constraints_ca", "what basic constraints say of being a CA", static item => item.Certificate.BasicConstraintsAuthority)
            .Also("x509ce.cA"),
        Texts("key_usage", "purposes of the key", static certificate => certificate.KeyUsage).Also("x509ce.KeyUsage"),
        Texts("ext_key_usage", "extended purposes of the key", static certificate => certificate.ExtendedKeyUsage).Also("x509ce.KeyPurposeId"),
        Field.Flag<PresentedCertificate>(
            "self_signed",
            "issuer and subject are the same, and its own key made the signature or that cannot be checked",
            static item => item.Certificate.Version > 0 ? item.Certificate.IsSelfSigned : null),
        Field.Flag<PresentedCertificate>("expired", "its validity was over at `ts`", static item => item.IsExpired),
        Text("sha1", "SHA-1 of the DER", static certificate => certificate.Sha1),
        Text("sha256", "SHA-256 of the DER", static certificate => certificate.Sha256),
        Field.Integer<PresentedCertificate>("der_len", "length of the DER in bytes", static item => item.Certificate.LengthBytes),
    ];

    private static RecordField<PresentedCertificate> Text(string name, string description, Func<X509Certificate, string> get) =>
        Field.Text<PresentedCertificate>(name, description, item => get(item.Certificate) is { Length: > 0 } text ? text : null);

    private static RecordField<PresentedCertificate> Texts(string name, string description, Func<X509Certificate, IReadOnlyList<string>> get) =>
        Field.Texts<PresentedCertificate>(name, description, item => get(item.Certificate));

    // Nanoseconds reach to the year 2262; certificates that shall never end say 9999.
    private static RecordField<PresentedCertificate> Time(string name, string description, Func<X509Certificate, long?> get) =>
        new(name, FieldKind.Time, isList: false, description, [], (item, key, sink) =>
        {
            long? seconds = get(item.Certificate);
            if (PresentedCertificate.Nanoseconds(seconds) is { } nanoseconds)
            {
                sink.Time(key, nanoseconds, isWholeSeconds: true);
            }
            else if (seconds is { } far)
            {
                sink.Text(key, DateTime.UnixEpoch.AddSeconds(far).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            }
        });
}
