using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Vittne.Packets;
using Vittne.Protocols.X509;
using Vittne.TestKit;
using Certificate = Vittne.Protocols.X509.X509Certificate;

namespace Vittne.Protocols.Tests.X509;

public sealed class CertificateFieldsTests
{
    private const long SecondNs = 1_000_000_000;

    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Purposes_and_validity_of_a_self_signed_certificate_are_told()
    {
        byte[] der = SelfSigned(HashAlgorithmName.SHA256, Start.AddYears(1));

        FieldList fields = Fields(der, Start.AddYears(2));

        Assert.Equal(("digitalSignature,keyCertSign", "serverAuth,clientAuth"), (fields["key_usage"], fields["ext_key_usage"]));
        Assert.Equal(("true", "true", "true"), (fields["self_signed"], fields["expired"], fields["basic_constraints_ca"]));
        Assert.Equal("false", Fields(der, Start.AddDays(1))["expired"]);
    }

    [Fact]
    public void Certificate_that_names_itself_but_has_a_foreign_signature_is_not_self_signed()
    {
        byte[] der = SelfSigned(HashAlgorithmName.SHA256, Start.AddYears(1));
        der[^1] ^= 1;

        Assert.Equal("false", Fields(der, Start)["self_signed"]);
    }

    [Fact]
    public void Signature_that_cannot_be_checked_counts_as_its_own() =>
        Assert.Equal("true", Fields(SelfSigned(HashAlgorithmName.SHA512, Start.AddYears(1)), Start)["self_signed"]);

    [Fact]
    public void End_of_validity_beyond_nanoseconds_is_told_as_text() =>
        Assert.Equal("9999-12-31T23:59:59Z", Fields(SelfSigned(HashAlgorithmName.SHA256, new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero)), Start)["not_after"]);

    [Fact]
    public void Broken_DER_has_hashes_and_length_alone()
    {
        FieldList fields = Fields([0x30, 0x82, 1, 2, 3], Start);

        Assert.Equal("5", fields["der_len"]);
        Assert.Equal(64, fields["sha256"]!.Length);
        Assert.Null(fields["self_signed"]);
        Assert.Null(fields["subject"]);
    }

    private static FieldList Fields(byte[] der, DateTimeOffset at)
    {
        _ = Certificate.TryParse(der, out Certificate certificate);
        var item = new PresentedCertificate(certificate, 0, IsClient: false, at.ToUnixTimeSeconds() * SecondNs);
        return FieldList.Of(
            X509Schema.Schema,
            new CertificateRecord { Flow = TestFlow.Tcp(443), At = TestFlow.At(1), Direction = Direction.FromResponder, Presented = item });
    }

    private static byte[] SelfSigned(HashAlgorithmName hash, DateTimeOffset end)
    {
        using var key = RSA.Create(2_048);
        var request = new CertificateRequest("CN=self.example.test", key, hash, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], critical: false));
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        using X509Certificate2 certificate = request.CreateSelfSigned(Start, end);
        return certificate.RawData;
    }
}
