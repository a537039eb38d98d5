using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CsCheck;
using Vittne.Protocols.X509;
using Vittne.TestKit;
using Certificate = Vittne.Protocols.X509.X509Certificate;

namespace Vittne.Protocols.Tests.X509;

public sealed class X509CertificateTests
{
    private static readonly byte[] Good = Build(Name(("550406", "SE"), ("55040a", "Prov, AB"), ("550403", "www.example.test")), serial: "00c0ffee");

    [Fact]
    public void Fields_of_a_certificate_are_read()
    {
        Assert.True(Certificate.TryParse(Good, out Certificate certificate));

        Assert.False(certificate.IsDamaged);
        Assert.Equal((3, "C0FFEE"), (certificate.Version, certificate.Serial));
        Assert.Equal("CN=www.example.test,O=Prov\\, AB,C=SE", certificate.Subject);
        Assert.Equal("CN=Root", certificate.Issuer);
        Assert.Equal(["www.example.test"], certificate.SubjectCommonNames);
        Assert.Equal(["Prov, AB"], certificate.SubjectOrganizations);
        Assert.Equal((1_704_067_200L, 2_556_143_999L), (certificate.NotBefore, certificate.NotAfter));
        Assert.Equal("sha256WithRSAEncryption", certificate.SignatureAlgorithm);
        Assert.Equal(("rsa", 1_024), (certificate.KeyType, certificate.KeyBits));
        Assert.Equal(["www.example.test", "*.example.test"], certificate.DnsNames);
        Assert.Equal(["192.0.2.7"], certificate.IpAddresses);
        Assert.True(certificate.IsAuthority);
        Assert.False(certificate.IsSelfIssued);
    }

    [Fact]
    public void Hashes_are_those_of_the_DER()
    {
        _ = Certificate.TryParse(Good, out Certificate certificate);

        Assert.Equal(Good.Length, certificate.LengthBytes);
        Assert.Equal(Convert.ToHexStringLower(CryptographicOperations.HashData(HashAlgorithmName.SHA1, Good)), certificate.Sha1);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Good)), certificate.Sha256);
        Assert.Equal(Convert.ToHexStringLower(CryptographicOperations.HashData(HashAlgorithmName.MD5, Good)), certificate.Md5);
    }

    [Fact]
    public void Certificate_made_by_the_platform_is_read_alike()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Göta, O=Älv", key, HashAlgorithmName.SHA384);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("gota.example.test");
        names.AddIpAddress(IPAddress.Parse("2001:db8::1"));
        request.CertificateExtensions.Add(names.Build());
        DateTimeOffset start = DateTimeOffset.FromUnixTimeSeconds(1_000_000_000);
        using X509Certificate2 made = request.CreateSelfSigned(start, start.AddYears(60));

        Assert.True(Certificate.TryParse(made.RawData, out Certificate certificate));

        Assert.Equal("CN=Göta,O=Älv", certificate.Subject);
        Assert.Equal(("ec", 256, "secp256r1", "ecdsa-with-SHA384"), (certificate.KeyType, certificate.KeyBits, certificate.Curve, certificate.SignatureAlgorithm));
        Assert.Equal((1_000_000_000L, start.AddYears(60).ToUnixTimeSeconds()), (certificate.NotBefore, certificate.NotAfter));
        Assert.Equal(made.SerialNumber.TrimStart('0'), certificate.Serial.TrimStart('0'));
        Assert.Equal(["2001:db8::1"], certificate.IpAddresses);
        Assert.True(certificate.IsSelfIssued);
    }

    [Fact]
    public void Hostile_text_in_a_name_is_escaped()
    {
        byte[] der = Build(Name(("550403", " a\0+b\"")), serial: "01");
        _ = Certificate.TryParse(der, out Certificate certificate);

        Assert.Equal("CN=\\ a\\00\\+b\\\"", certificate.Subject);
    }

    public static TheoryData<string, byte[]> Broken => new()
    {
        { "nothing", [] },
        { "indefinite length", [0x30, 0x80, 0, 0] },
        { "length beyond the end", [0x30, 0x82, 0x10, 0, 0x30, 0] },
        { "length of five octets", [0x30, 0x85, 0, 0, 0, 0, 0] },
        { "no SEQUENCE", [0x04, 0x02, 0, 0] },
        { "empty body", [0x30, 0x02, 0x30, 0x00] },
        { "cut in the middle", Good[..60] },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Broken_certificate_is_refused_but_has_its_hashes(string what, byte[] der)
    {
        Assert.False(Certificate.TryParse(der, out Certificate certificate), what);
        Assert.True(certificate.IsDamaged);
        Assert.Equal(Convert.ToHexStringLower(CryptographicOperations.HashData(HashAlgorithmName.SHA1, der)), certificate.Sha1);
    }

    [Fact]
    public void Garbage_and_damage_never_throw() =>
        Gen.Select(Gen.Int[0, Good.Length - 1], Gen.Byte, Gen.Int[0, Good.Length], Gen.Byte.Array[0, 100]).Sample((at, value, length, garbage) =>
        {
            byte[] bytes = [.. Good];
            bytes[at] = value;
            _ = Certificate.TryParse(bytes, out _);
            _ = Certificate.TryParse(bytes.AsSpan(0, length), out _);
            _ = Certificate.TryParse(garbage, out _);
        });

    [Theory]
    [InlineData("2a864886f70d01010b", "1.2.840.113549.1.1.11")]
    [InlineData("550403", "2.5.4.3")]
    [InlineData("883703", "2.999.3")]
    [InlineData("", "")]
    [InlineData("80", "")]
    [InlineData("ffffffffffffffffffff7f", "")]
    public void Object_identifiers_are_dotted(string hex, string expected) =>
        Assert.Equal(expected, ObjectIdentifier.ToDotted(Convert.FromHexString(hex)));

    [Theory]
    [InlineData(0x17, "240101000000Z", 1_704_067_200)]
    [InlineData(0x17, "500101000000Z", -631_152_000)]
    [InlineData(0x17, "2401010000Z", 1_704_067_200)]
    [InlineData(0x18, "20501231235959Z", 2_556_143_999)]
    public void Times_are_read(byte tag, string text, long expected)
    {
        Assert.True(DerText.TryReadTime(tag, new Bytes().Text(text), out long seconds));
        Assert.Equal(expected, seconds);
    }

    [Theory]
    [InlineData(0x17, "241301000000Z")]
    [InlineData(0x17, "240230000000Z")]
    [InlineData(0x17, "24")]
    [InlineData(0x18, "00000101000000Z")]
    [InlineData(0x0C, "240101000000Z")]
    public void Impossible_times_are_refused(byte tag, string text) => Assert.False(DerText.TryReadTime(tag, new Bytes().Text(text), out _));

    private static byte[] Build(Bytes subject, string serial)
    {
        Bytes algorithm = Der(0x30, new Bytes().Raw(Der(6, new Bytes().Hex("2a864886f70d01010b"))).Raw(Der(5, new Bytes())));
        Bytes rsa = Der(0x30, new Bytes().Raw(Der(2, new Bytes().U8(0).U8(0x80).Repeat(1, 127))).Raw(Der(2, new Bytes().U24(65_537))));
        Bytes key = Der(0x30, new Bytes().Raw(Der(0x30, new Bytes().Raw(Der(6, new Bytes().Hex("2a864886f70d010101"))))).Raw(Der(3, new Bytes().U8(0).Raw(rsa))));
        Bytes names = Der(0x30, new Bytes().Raw(Der(0x82, new Bytes().Text("www.example.test"))).Raw(Der(0x82, new Bytes().Text("*.example.test")))
            .Raw(Der(0x87, new Bytes().Hex("c0000207"))));
        Bytes extensions = Der(0x30, new Bytes()
            .Raw(Der(0x30, new Bytes().Raw(Der(6, new Bytes().Hex("551d11"))).Raw(Der(4, names))))
            .Raw(Der(0x30, new Bytes().Raw(Der(6, new Bytes().Hex("551d13"))).Raw(Der(1, new Bytes().U8(0xFF))).Raw(Der(4, Der(0x30, Der(1, new Bytes().U8(0xFF))))))));
        Bytes body = new Bytes().Raw(Der(0xA0, Der(2, new Bytes().U8(2)))).Raw(Der(2, new Bytes().Hex(serial))).Raw(algorithm).Raw(Name(("550403", "Root")))
            .Raw(Der(0x30, new Bytes().Raw(Der(0x17, new Bytes().Text("240101000000Z"))).Raw(Der(0x18, new Bytes().Text("20501231235959Z")))))
            .Raw(subject).Raw(key).Raw(Der(0xA3, extensions));
        return Der(0x30, new Bytes().Raw(Der(0x30, body)).Raw(algorithm).Raw(Der(3, new Bytes().U8(0).Repeat(9, 128)))).ToArray();
    }

    private static Bytes Name(params ReadOnlySpan<(string Type, string Value)> parts)
    {
        var name = new Bytes();
        foreach ((string type, string value) in parts)
        {
            name.Raw(Der(0x31, Der(0x30, new Bytes().Raw(Der(6, new Bytes().Hex(type))).Raw(Der(0x0C, new Bytes().Text(value))))));
        }

        return Der(0x30, name);
    }

    private static Bytes Der(int tag, Bytes content)
    {
        Bytes element = new Bytes().U8(tag);
        return content.Length < 0x80 ? element.Prefixed(8, content) : element.U8(0x82).Prefixed(16, content);
    }
}
