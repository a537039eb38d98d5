using Vittne.Packets;
using Vittne.Protocols.Dns;
using Vittne.Trails.Matching;

namespace Vittne.Trails.Tests.Matching;

public sealed class TrailMatcherDnsTests
{
    private const string Client = "10.0.0.66";
    private const string Resolver = "198.51.100.53";

    [Fact]
    public void Question_of_any_type_is_compared()
    {
        FindingList findings = Run(
            new FakeTrailIndex().Add(TrailKind.Domain, "evil.net"),
            DnsMessages.Ask(Flow(), ("EVIL.net", DnsType.A)),
            DnsMessages.Ask(Flow(), ("www.evil.net", DnsType.Aaaa)),
            DnsMessages.Ask(Flow(), ("a.evil.net", DnsType.Ptr)));

        Assert.Equal(["DNS evil.net", "DNS (www).evil.net", "DNS (a).evil.net"], findings.Texts);
        Assert.All(findings, find => Assert.Equal(("dns.query", "evil.net"), (find.Source, find.Indicator)));
    }

    [Fact]
    public void Every_question_of_a_message_is_compared() => Assert.Equal(
        ["DNS evil.net"],
        Run(new FakeTrailIndex().Add(TrailKind.Domain, "evil.net"), DnsMessages.Ask(Flow(), ("good.net", 1), ("evil.net", 1))).Texts);

    [Fact]
    public void Second_query_on_one_socket_is_a_second_event()
    {
        FlowIdentity flow = Flow();
        DnsRecord query = DnsMessages.Ask(flow, ("evil.net", DnsType.A));

        Assert.Equal(2, Run(new FakeTrailIndex().Add(TrailKind.Domain, "evil.net"), query, query).Count);
    }

    [Fact]
    public void Answer_repeats_a_question_that_the_flow_has_shown()
    {
        FakeTrailIndex trails = new FakeTrailIndex().Add(TrailKind.Domain, "evil.net");
        FlowIdentity flow = Flow();

        Assert.Single(Run(trails, DnsMessages.Ask(flow, ("evil.net", DnsType.A)), DnsMessages.Answer(flow, "evil.net")));

        ThreatRecord find = Assert.Single(Run(trails, DnsMessages.Answer(Flow(), "evil.net")));
        Assert.Equal(Direction.FromResponder, find.Direction);
    }

    [Theory]
    [InlineData(DnsType.Cname, 0)]
    [InlineData(DnsType.Ns, 0)]
    [InlineData(DnsType.Ptr, 0)]
    [InlineData(DnsType.Mx, 2)]
    [InlineData(DnsType.Https, 2)]
    [InlineData(DnsType.Svcb, 2)]
    [InlineData(DnsType.Srv, 6)]
    public void Target_names_of_answers_are_compared(int type, int before)
    {
        FindingList findings = Run(
            new FakeTrailIndex().Add(TrailKind.Domain, "evil.net"),
            DnsMessages.Answer(Flow(), "good.net", (type, DnsMessages.NameData("cdn.evil.net", before))));

        Assert.Equal(["DNS (cdn).evil.net"], findings.Texts);
        Assert.Equal("dns.answer", findings[0].Source);
    }

    [Fact]
    public void Addresses_of_answers_are_compared_once_a_message()
    {
        byte[] bad = [66, 66, 66, 66];
        FindingList findings = Run(
            new FakeTrailIndex().Add(TrailKind.Address, "66.66.66.66"),
            DnsMessages.Answer(Flow(), "good.net", (DnsType.A, bad), (DnsType.A, [1, 2, 3, 4]), (DnsType.A, bad)));

        Assert.Equal(["IP 66.66.66.66"], findings.Texts);
        Assert.Equal(("dns.answer", Direction.FromResponder), (findings[0].Source, findings[0].Direction));
    }

    [Fact]
    public void Resolver_is_told_with_the_name_that_it_was_asked_for()
    {
        FakeTrailIndex trails = new FakeTrailIndex().Add(TrailKind.Address, Resolver, "known attacker");

        Assert.Equal(["IP 198.51.100.53 (whatever.net)"], Run(trails, DnsMessages.Ask(Flow(), ("Whatever.net", DnsType.A))).Texts);
        Assert.Equal(
            ["IPORT 198.51.100.53 (whatever.net)"],
            Run(trails.Add(TrailKind.Endpoint, Resolver + ":53"), DnsMessages.Ask(Flow(), ("whatever.net", DnsType.A))).Texts);
    }

    [Theory]
    [InlineData(DnsType.Aaaa)]
    [InlineData(DnsType.Ptr)]
    public void Resolver_is_told_alone_when_no_question_qualifies(int type)
    {
        FakeTrailIndex trails = new FakeTrailIndex().Add(TrailKind.Address, Resolver);

        Assert.Equal(["IP 198.51.100.53"], Run(trails, DnsMessages.Ask(Flow(), ("whatever.net", type))).Texts);
    }

    [Fact]
    public void Resolver_over_TCP_is_left_to_the_address_matcher() => Assert.Empty(Run(
        new FakeTrailIndex().Add(TrailKind.Address, Resolver),
        DnsMessages.Ask(TestFlow.Tcp(Client, Resolver, destinationPort: 53), ("whatever.net", DnsType.A))));

    [Fact]
    public void Whitelisted_address_silences_everything_but_names()
    {
        FakeTrailIndex trails = new FakeTrailIndex()
            .Add(TrailKind.Domain, "evil.net").Add(TrailKind.Address, Resolver).Whitelist(Resolver);

        Assert.Equal(["DNS evil.net"], Run(trails, DnsMessages.Ask(Flow(), ("evil.net", DnsType.A))).Texts);
    }

    [Fact]
    public void Names_of_the_own_network_do_not_silence_the_resolver()
    {
        FakeTrailIndex trails = new FakeTrailIndex().Add(TrailKind.Domain, "evil.lan").Add(TrailKind.Address, Resolver);

        Assert.Equal(["IP 198.51.100.53 (evil.lan)"], Run(trails, DnsMessages.Ask(Flow(), ("evil.lan", DnsType.A))).Texts);
    }

    [Fact]
    public void Damaged_messages_are_read_as_far_as_they_go_without_an_exception()
    {
        FakeTrailIndex trails = new FakeTrailIndex().Add(TrailKind.Domain, "evil.net").Add(TrailKind.Address, "66.66.66.66");
        byte[] whole = DnsMessages.Answer(Flow(), "evil.net", (DnsType.A, [66, 66, 66, 66]), (DnsType.Cname, DnsMessages.NameData("evil.net"))).Message;
        for (int length = 0; length < whole.Length; length++)
        {
            Run(trails, DnsMessages.Record(Flow(), Direction.FromResponder, whole[..length]));
            byte[] damaged = [.. whole];
            damaged[length] ^= 0xFF;
            Run(trails, DnsMessages.Record(Flow(), Direction.FromResponder, damaged));
        }
    }

    private static FlowIdentity Flow() => TestFlow.Udp(Client, Resolver);

    private static FindingList Run(FakeTrailIndex trails, params DnsRecord[] records)
    {
        var matcher = new TrailMatcher(trails, new TrailMatcherOptions());
        var findings = new FindingList();
        foreach (DnsRecord record in records)
        {
            matcher.OnRecord(record, findings);
        }

        return findings;
    }
}
