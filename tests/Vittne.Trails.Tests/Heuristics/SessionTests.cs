using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Vittne.Packets;
using Vittne.Protocols;
using Vittne.Protocols.Ftp;
using Vittne.Protocols.Icmp;
using Vittne.Protocols.Imap;
using Vittne.Protocols.Pop3;
using Vittne.Protocols.Smtp;
using Vittne.Protocols.Ssh;
using Vittne.Protocols.Tls;
using Vittne.TestKit;
using Vittne.Trails.Heuristics;
using Vittne.Trails.Tests.Matching;

namespace Vittne.Trails.Tests.Heuristics;

public sealed class SessionTests
{
    private const string Client = "10.0.0.5";
    private const string Server = "203.0.113.30";

    [Theory]
    [InlineData("ftp", "USER alice\r\n|PASS hunter2\r\n", "220 FTP ready\r\n|331 go on\r\n|230 in\r\n", "FTP PASS")]
    [InlineData("pop3", "USER alice\r\n|PASS hunter2\r\n", "+OK ready\r\n|+OK\r\n|+OK\r\n", "POP3 PASS")]
    [InlineData("imap", "a1 LOGIN alice hunter2\r\n", "* OK ready\r\n|a1 OK in\r\n", "IMAP LOGIN")]
    [InlineData("smtp", "EHLO a\r\n|AUTH PLAIN AGFsaWNlAGh1bnRlcjI=\r\n", "220 x ESMTP\r\n|250 hi\r\n|235 in\r\n", "SMTP AUTH PLAIN")]
    public void Passwords_in_the_clear_are_told_without_the_password(string protocol, string client, string server, string evidence)
    {
        ThreatRecord threat = Assert.Single(Dialogue(protocol, client, server, Server));
        Assert.Equal(("cleartext credentials (suspicious)", evidence), (threat.Info, threat.Evidence));
        Assert.StartsWith("203.0.113.30:", threat.Trail, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", threat.ToString(), StringComparison.Ordinal);
        Assert.Empty(Dialogue(protocol, client, server, "10.0.0.9"));
    }

    [Theory]
    [InlineData("ftp", "USER anonymous\r\n|PASS me@example.com\r\n", "220 FTP ready\r\n|331 go on\r\n|230 in\r\n")]
    [InlineData("pop3", "APOP alice c4c9334bac560ecc979e58001b3e22fb\r\n", "+OK <1.2@x>\r\n|+OK\r\n")]
    [InlineData("smtp", "EHLO a\r\n|AUTH CRAM-MD5\r\n|YWxpY2UgZjE=\r\n", "220 x ESMTP\r\n|250 hi\r\n|334 PDEuMkB4Pg==\r\n|235 in\r\n")]
    public void Anonymous_and_hashed_log_ins_are_silent(string protocol, string client, string server) =>
        Assert.Empty(Dialogue(protocol, client, server, Server));

    [Fact]
    public void Basic_authentication_of_a_web_server_is_told_once_an_hour()
    {
        const string Head = "GET / HTTP/1.1\r\nHost: a.example\r\nauthorization: Basic YWxpY2U6aHVudGVyMg==\r\n\r\n";
        var run = new HeuristicRun();
        run.Request(Head, second: 1).Request(Head, second: 2);
        Assert.Equal("HTTP Basic", Assert.Single(run.Threats).Evidence);
        Assert.Equal("198.51.100.7:80", run.Threats[0].Trail);
        Assert.Equal(2, run.Request(Head, second: 4000).Threats.Count);
        Assert.Empty(new HeuristicRun().Request(Head, destination: "192.168.1.1").Threats);
        Assert.Empty(new HeuristicRun().Request("GET / HTTP/1.1\r\nHost: a.example\r\nAuthorization: Bearer abcdefgh\r\n\r\n").Threats);
    }

    [Fact]
    public void Tls_without_a_name_to_a_self_signed_server_is_told_once()
    {
        HeuristicRun run = new HeuristicRun().Give(Hello("", Server, 443)).Give(Chain(SelfSigned(), Server, 443));
        ThreatRecord threat = Assert.Single(run.Threats);
        Assert.Equal(("anonymous tls (suspicious)", "203.0.113.30:443", "self-signed: CN=localhost"), (threat.Info, threat.Trail, threat.Evidence));
        Assert.Equal((Direction.FromOriginator, Severity.Low), (threat.Direction, threat.Severity));
        Assert.Single(run.Give(Hello("", Server, 443)).Give(Chain(SelfSigned(), Server, 443)).Threats);
    }

    [Theory]
    [InlineData("www.example.com", Server, 443)]
    [InlineData("", "192.168.1.9", 443)]
    [InlineData("", Server, 25)]
    [InlineData("", Server, 3389)]
    public void Named_inner_mail_and_desktop_servers_are_silent(string name, string server, int port) =>
        Assert.Empty(new HeuristicRun().Give(Hello(name, server, port)).Give(Chain(SelfSigned(), server, port)).Threats);

    [Fact]
    public void Server_with_an_issuer_or_without_a_hello_is_silent()
    {
        Assert.Empty(new HeuristicRun().Give(Hello("", Server, 443)).Give(Chain(SignedByAnother(), Server, 443)).Threats);
        Assert.Empty(new HeuristicRun().Give(Chain(SelfSigned(), Server, 443)).Threats);
        Assert.Empty(new HeuristicRun().Give(Hello("", Server, 443)).Give(Chain([1, 2, 3], Server, 443)).Threats);
    }

    [Theory]
    [InlineData(443, "ssh on the port of tls http dns")]
    [InlineData(53, "ssh on the port of dns")]
    public void Protocol_on_the_port_of_another_is_told_once(int port, string evidence)
    {
        HeuristicRun run = new HeuristicRun().Give(Banner(port)).Give(Banner(port));
        ThreatRecord threat = Assert.Single(run.Threats);
        Assert.Equal(("protocol mismatch (suspicious)", $"203.0.113.30:{port}", evidence), (threat.Info, threat.Trail, threat.Evidence));
        Assert.Equal(Severity.Medium, threat.Severity);
    }

    [Fact]
    public void Mismatch_with_a_server_of_the_trails_is_urgent()
    {
        FakeTrailIndex index = new FakeTrailIndex().Add(TrailKind.Endpoint, "203.0.113.30:443", "sample c2 (malware)");
        ThreatRecord threat = Assert.Single(new HeuristicRun(index).Give(Banner(443)).Threats);
        Assert.Equal((Severity.High, "ssh on the port of tls http dns, to sample c2 (malware)"), (threat.Severity, threat.Evidence));
    }

    [Theory]
    [InlineData(22)]
    [InlineData(2222)]
    [InlineData(8022)]
    public void Protocol_on_its_port_or_on_one_that_is_nobodys_is_silent(int port) => Assert.Empty(new HeuristicRun().Give(Banner(port)).Threats);

    [Fact]
    public void Web_requests_on_ports_of_the_web_are_silent_and_on_others_are_told()
    {
        const string Head = "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n";
        Assert.Empty(new HeuristicRun().Request(Head).Threats);
        Assert.Empty(new HeuristicRun().Request(Head, port: 8080).Threats);
        Assert.Equal("http on the port of ssh", Assert.Single(new HeuristicRun().Request(Head, port: 22).Threats).Evidence);
    }

    [Theory]
    [InlineData(2001, 16, 4.0, true)]
    [InlineData(2000, 16, 4.0, false)]
    [InlineData(2001, 15, 4.0, false)]
    [InlineData(2001, 16, 3.9, false)]
    public void Echo_that_carries_data_is_told_above_its_thresholds(int bytes, int changes, double entropy, bool expected)
    {
        HeuristicRun run = new();
        EchoTrafficRecord echo = new()
        {
            Flow = HeuristicRun.Flow(Client, 8, Server, 0, IpProtocol.Icmp),
            At = run.Stamp(1),
            Direction = Direction.FromOriginator,
            Packets = 40,
            Changes = changes,
            ChangedBytes = bytes,
            UnlikeReplies = 3,
            EntropyBits = entropy,
        };
        run.Give(echo).Give(echo);
        Assert.Equal(expected ? 1 : 0, run.Threats.Count);
        if (expected)
        {
            Assert.Equal("16 of 40 payloads changed, 4.0 bits a byte, 3 replies unlike their request", run.Threats[0].Evidence);
            Assert.Equal(("potential icmp tunneling (suspicious)", Server), (run.Threats[0].Info, run.Threats[0].Trail));
        }
    }

    [Fact]
    public void Candidates_beyond_the_bound_make_room_and_are_counted()
    {
        var gate = new RepeatGate(maxKeys: 2);
        var told = new HeuristicRun();
        ThreatRecord threat = Assert.Single(new HeuristicRun().Give(Banner(443)).Threats);
        foreach (string trail in (ReadOnlySpan<string>)["a", "b", "a", "c", "b"])
        {
            gate.OnRecord(HeuristicCandidate.Of(threat with { Trail = trail }, windowSeconds: 60), told);
        }

        Assert.Equal(["a", "b", "c", "b"], told.Threats.ConvertAll(one => one.Trail));
        Assert.Equal(2, gate.Dropped);
    }

    private static List<ThreatRecord> Dialogue(string protocol, string client, string server, string serverAddress)
    {
        var records = new RecordList();
        int port = protocol switch { "ftp" => 21, "pop3" => 110, "imap" => 143, _ => 25 };
        FlowIdentity flow = HeuristicRun.Flow(Client, 40000, serverAddress, port, IpProtocol.Tcp);
        StreamParser parser = protocol switch
        {
            "ftp" => new FtpParser(flow, records),
            "pop3" => new Pop3Parser(flow, records),
            "imap" => new ImapParser(flow, records),
            _ => new SmtpParser(flow, records),
        };
        var feeder = new StreamFeeder(parser);
        string[] commands = client.Split('|'), answers = server.Split('|');
        feeder.Server(Encoding.ASCII.GetBytes(answers[0]));
        for (int i = 0; i < commands.Length; i++)
        {
            feeder.Client(Encoding.ASCII.GetBytes(commands[i])).Server(Encoding.ASCII.GetBytes(answers[i + 1]));
        }

        var run = new HeuristicRun();
        records.ForEach(record => run.Give(record));
        return run.Threats;
    }

    private static SshBannerRecord Banner(int port) => new()
    {
        Flow = HeuristicRun.Flow(Client, 40000, Server, port, IpProtocol.Tcp),
        At = Vittne.TestKit.TestFlow.At(1),
        Direction = Direction.FromResponder,
        Banner = "SSH-2.0-x",
        PreBanner = [],
    };

    private static ClientHelloRecord Hello(string name, string server, int port)
    {
        Bytes extensions = name.Length > 0 ? Hellos.ServerName(name) : new Bytes();
        byte[] body = new Bytes().U16(0x0303).Repeat(7, 32).U8(0).U16(2).U16(0xC02F).U8(1).U8(0).Prefixed(16, extensions).ToArray();
        return new ClientHelloRecord
        {
            Flow = HeuristicRun.Flow(Client, 40000, server, port, IpProtocol.Tcp),
            At = Vittne.TestKit.TestFlow.At(1),
            Direction = Direction.FromOriginator,
            Message = new Bytes().U8(1).U24(body.Length).Raw(body).ToArray(),
            Carrier = TlsCarrier.Tls,
        };
    }

    private static CertificateChainRecord Chain(byte[] certificate, string server, int port) => new()
    {
        Flow = HeuristicRun.Flow(Client, 40000, server, port, IpProtocol.Tcp),
        At = Vittne.TestKit.TestFlow.At(2),
        Direction = Direction.FromResponder,
        Certificates = [certificate],
        Carrier = TlsCarrier.Tls,
    };

    private static byte[] SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = Request("CN=localhost", key).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1));
        return certificate.RawData;
    }

    private static byte[] SignedByAnother()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest authority = Request("CN=authority", key);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 issuer = authority.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1));
        using X509Certificate2 certificate = Request("CN=host", key).Create(issuer, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddHours(1), [1]);
        return certificate.RawData;
    }

    private static CertificateRequest Request(string name, ECDsa key) => new(name, key, HashAlgorithmName.SHA256);
}
