using Vittne.Packets;
using Vittne.Protocols.Dhcp;
using Vittne.Protocols.Smtp;
using Vittne.Protocols.Socks;
using Vittne.TestKit;
using Vittne.Trails.Matching;
using Record = Vittne.Packets.Records.Record;

namespace Vittne.Trails.Tests.Matching;

public sealed class TrailMatcherSessionTests
{
    private static readonly FlowIdentity Session = TestFlow.Tcp("10.0.0.66", "203.0.113.30");

    [Fact]
    public void Name_of_a_mail_client_and_domains_of_recipients_are_compared()
    {
        FindingList findings = Run(
            new FakeTrailIndex().Add(TrailKind.Domain, "evil.net"),
            Mail("EHLO") with { Helo = "mx.evil.net" },
            Mail("MAIL") with { MailFrom = "a@evil.net" },
            Mail("RCPT") with { RcptTo = ["drop@evil.net"] });

        Assert.Equal(["DNS (mx).evil.net", "DNS evil.net"], findings.Texts);
        Assert.Equal(["smtp.helo", "smtp.rcpt"], findings.Select(static find => find.Source));
    }

    [Fact]
    public void Target_of_a_proxy_is_compared_as_name_or_address()
    {
        FindingList findings = Run(
            new FakeTrailIndex().Add(TrailKind.Domain, "evil.net").Add(TrailKind.Address, "198.51.100.7"),
            Proxy(host: "c2.evil.net", address: null),
            Proxy(host: null, address: IpAddress.FromV4(0xC6336407)));

        Assert.Equal(["DNS (c2).evil.net", "IP 198.51.100.7"], findings.Texts);
        Assert.All(findings, static find => Assert.Equal("socks.host", find.Source));
    }

    [Fact]
    public void Names_of_hosts_in_address_leases_are_compared()
    {
        Bytes message = new Bytes().U8(1).U8(1).U8(6).U8(0).U32(1).U32(0).Repeat(0, 16).Hex("020000000001").Repeat(0, 10 + 64 + 128).Hex("63825363")
            .U8(12).Prefixed(8, new Bytes().Text("pc.evil.net"))
            .U8(81).Prefixed(8, new Bytes().Hex("000000").Text("full.evil.net")).U8(255);
        FindingList findings = Run(
            new FakeTrailIndex().Add(TrailKind.Domain, "evil.net"),
            new DhcpRecord { Flow = Session, At = TestFlow.At, Direction = Direction.FromOriginator, Message = message.ToArray() });

        Assert.Equal(["DNS (pc).evil.net", "DNS (full).evil.net"], findings.Texts);
    }

    private static SmtpRecord Mail(string command) => new()
    {
        Flow = Session,
        At = TestFlow.At,
        Direction = Direction.FromOriginator,
        Command = command,
        Argument = [],
        Reply = null,
        ReplyCode = 250,
    };

    private static SocksRecord Proxy(string? host, IpAddress? address) => new()
    {
        Flow = Session,
        At = TestFlow.At,
        Direction = Direction.FromOriginator,
        Version = 5,
        Command = 1,
        Host = host,
        Address = address,
        Port = 443,
    };

    private static FindingList Run(FakeTrailIndex index, params Record[] records)
    {
        var matcher = new TrailMatcher(index, new TrailMatcherOptions());
        FindingList findings = [];
        foreach (Record record in records)
        {
            matcher.OnRecord(record, findings);
        }

        return findings;
    }
}
