using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Vittne.Packets;
using Vittne.Protocols.Fingerprints;
using Vittne.Protocols.Quic;
using Vittne.Protocols.Ssh;
using Vittne.Protocols.Tls;
using Vittne.TestKit;
using Vittne.Trails.Matching;
using Record = Vittne.Packets.Records.Record;

namespace Vittne.Trails.Tests.Matching;

public sealed class TrailMatcherHandshakeTests
{
    private static readonly FlowIdentity Handshake = TestFlow.Tcp("10.0.0.66", "203.0.113.30");

    [Theory]
    [InlineData(TlsCarrier.Tls, "tls.sni")]
    [InlineData(TlsCarrier.Dtls, "dtls.sni")]
    [InlineData(TlsCarrier.Quic, "quic.sni")]
    public void Server_name_is_compared_even_when_it_is_a_local_one(TlsCarrier carrier, string source)
    {
        FindingList findings = Run(
            new FakeTrailIndex().Add(TrailKind.Domain, "evil.example").Add(TrailKind.HostSlash, "www.evil.example/"),
            Hello("WWW.evil.example", carrier));

        Assert.Equal(["DNS (www).evil.example", "URL www.evil.example/"], findings.Texts);
        Assert.All(findings, find => Assert.Equal(source, find.Source));
    }

    [Fact]
    public void Server_name_of_Googles_own_handshake_is_compared()
    {
        var hello = new GoogleHelloRecord
        {
            Flow = Handshake,
            At = TestFlow.At,
            Direction = Direction.FromOriginator,
            Version = "Q043",
            Sni = "www.evil.example",
            UserAgent = "",
        };

        FindingList findings = Run(new FakeTrailIndex().Add(TrailKind.Domain, "evil.example"), hello);

        Assert.Equal(["DNS (www).evil.example"], findings.Texts);
        Assert.Equal("quic.sni", findings[0].Source);
    }

    [Fact]
    public void Fingerprints_of_both_hellos_are_compared()
    {
        ClientHelloRecord client = Hello("a.net", TlsCarrier.Tls);
        byte[] server = new Bytes().U8(2).U24(38).U16(0x0303).Repeat(7, 32).U8(0).U16(0x1301).U8(0).ToArray();
        Assert.True(ClientHello.TryParse(client.Message, out ClientHello clientHello));
        Assert.True(ServerHello.TryParse(server, out ServerHello serverHello));
        string ja3 = Ja3.Compute(clientHello).Hash;
        string ja4 = Ja4.Compute(clientHello, TlsCarrier.Tls).Value;
        string ja3s = Ja3s.Compute(serverHello).Hash;

        FindingList findings = Run(
            new FakeTrailIndex().Add(TrailKind.Ja3, ja3).Add(TrailKind.Ja4, ja4).Add(TrailKind.Ja3s, ja3s),
            client,
            new ServerHelloRecord { Flow = Handshake, At = TestFlow.At, Direction = Direction.FromResponder, Message = server, Carrier = TlsCarrier.Tls });

        Assert.Equal([$"JA3 {ja3}", $"JA4 {ja4}", $"JA3S {ja3s}"], findings.Texts);
    }

    [Fact]
    public void Every_certificate_of_a_chain_is_compared_by_three_hashes()
    {
        // The published digests of "abc".
        const string Md5 = "900150983cd24fb0d6963f7d28e17f72";
        const string Sha1 = "a9993e364706816aba3e25717850c26c9cd0d89d";
        const string Sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

        FindingList findings = Run(
            new FakeTrailIndex().Add(TrailKind.Certificate, Sha1).Add(TrailKind.Certificate, Sha256).Add(TrailKind.Certificate, Md5),
            Chain([1, 2, 3], "abc"u8.ToArray()));

        Assert.Equal([$"CERT {Sha1}", $"CERT {Sha256}", $"CERT {Md5}"], findings.Texts);
        Assert.All(findings, find => Assert.Equal(("tls.cert", Direction.FromResponder), (find.Source, find.Direction)));
    }

    [Fact]
    public void Names_of_a_certificate_are_compared_once()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=evil.net", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("evil.net");
        names.AddDnsName("*.cdn.evil.net");
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1));

        FindingList findings = Run(new FakeTrailIndex().Add(TrailKind.Domain, "evil.net"), Chain(certificate.RawData));

        Assert.Equal(["DNS evil.net", "DNS (cdn).evil.net"], findings.Texts);
    }

    [Fact]
    public void Name_in_two_handshakes_of_a_flow_is_one_event() => Assert.Equal(
        [Direction.FromOriginator],
        Run(new FakeTrailIndex().Add(TrailKind.Domain, "evil.net"), Hello("evil.net", TlsCarrier.Tls), Hello("evil.net", TlsCarrier.Quic))
            .Select(find => find.Direction));

    [Fact]
    public void Fingerprint_of_SSH_is_compared()
    {
        const string Hassh = "ec7378c1a92f5a8dde7e8b7a1ddf33d1";
        var exchange = new SshKexInitRecord
        {
            Flow = Handshake,
            At = TestFlow.At,
            Direction = Direction.FromOriginator,
            NameLists = [],
            Hassh = Hassh,
        };

        Assert.Equal([$"HASSH {Hassh}"], Run(new FakeTrailIndex().Add(TrailKind.Hassh, Hassh), exchange).Texts);
    }

    [Fact]
    public void Damaged_hellos_and_certificates_are_answered_without_an_exception()
    {
        FakeTrailIndex trails = new FakeTrailIndex().Add(TrailKind.Domain, "net");
        byte[] whole = Hello("evil.net", TlsCarrier.Tls).Message;
        for (int length = 0; length < whole.Length; length++)
        {
            Run(trails, new ClientHelloRecord { Flow = Handshake, At = TestFlow.At, Direction = Direction.FromOriginator, Message = whole[..length], Carrier = TlsCarrier.Tls });
            Run(trails, Chain(whole[..length]));
        }
    }

    private static ClientHelloRecord Hello(string name, TlsCarrier carrier)
    {
        byte[] serverName = new Bytes().U16(name.Length + 3).U8(0).U16(name.Length).Text(name).ToArray();
        byte[] body = new Bytes().U16(0x0303).Repeat(7, 32).U8(0).U16(2).U16(0x1301).U8(1).U8(0)
            .U16(serverName.Length + 4).U16(0).U16(serverName.Length).Raw(serverName).ToArray();
        return new ClientHelloRecord
        {
            Flow = Handshake,
            At = TestFlow.At,
            Direction = Direction.FromOriginator,
            Message = new Bytes().U8(1).U24(body.Length).Raw(body).ToArray(),
            Carrier = carrier,
        };
    }

    private static CertificateChainRecord Chain(params byte[][] certificates) => new()
    {
        Flow = Handshake,
        At = TestFlow.At,
        Direction = Direction.FromResponder,
        Certificates = certificates,
        Carrier = TlsCarrier.Tls,
    };

    private static FindingList Run(FakeTrailIndex trails, params Record[] records)
    {
        var matcher = new TrailMatcher(trails, new TrailMatcherOptions());
        var findings = new FindingList();
        foreach (Record record in records)
        {
            matcher.OnRecord(record, findings);
        }

        return findings;
    }
}
