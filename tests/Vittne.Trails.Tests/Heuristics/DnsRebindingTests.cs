using Vittne.Trails.Tests.Matching;

namespace Vittne.Trails.Tests.Heuristics;

public sealed class DnsRebindingTests
{
    private const string Resolver = "192.168.0.1";
    private const string Outside = "8.8.8.8";

    [Fact]
    public void Public_and_private_address_in_one_answer_is_told()
    {
        ThreatRecord threat = Assert.Single(new HeuristicRun().AnswerFrom(Resolver, "www.evil.com", 1, "93.184.216.34", "192.168.1.1").Threats);
        Assert.Equal(("potential dns rebinding (suspicious)", "www.evil.com", EventType.Dns), (threat.Info, threat.Trail, threat.Type));
        Assert.Equal("public and private addresses in one answer: 192.168.1.1", threat.Evidence);
        Assert.Equal((1, 0), (threat.Measured, threat.Threshold));
    }

    [Fact]
    public void Change_from_public_to_private_within_an_hour_is_told_once()
    {
        var run = new HeuristicRun();
        run.AnswerFrom(Resolver, "www.evil.com", 1, "93.184.216.34");
        Assert.Empty(run.Threats);
        run.AnswerFrom(Resolver, "www.evil.com", 20, "127.0.0.1").AnswerFrom(Resolver, "www.evil.com", 40, "127.0.0.1");
        Assert.Equal("public and private addresses in turn: 127.0.0.1", Assert.Single(run.Threats).Evidence);
    }

    [Fact]
    public void Change_after_more_than_an_hour_or_at_another_server_is_none()
    {
        Assert.Empty(new HeuristicRun().AnswerFrom(Resolver, "www.corp.com", 1, "93.184.216.34").AnswerFrom(Resolver, "www.corp.com", 3602, "10.0.0.1").Threats);
        Assert.Empty(new HeuristicRun().AnswerFrom("192.168.0.2", "www.corp.com", 1, "93.184.216.34").AnswerFrom(Resolver, "www.corp.com", 2, "10.0.0.1").Threats);
    }

    [Fact]
    public void Private_address_counts_alone_when_the_server_is_outside()
    {
        Assert.Equal("private address from a server outside: 10.0.0.7", Assert.Single(new HeuristicRun().AnswerFrom(Outside, "www.evil.com", 1, "10.0.0.7").Threats).Evidence);
        Assert.Empty(new HeuristicRun().AnswerFrom(Resolver, "intranet.corp.com", 1, "10.0.0.7").Threats);
    }

    [Theory]
    [InlineData("192-168-1-5.0123456789abcdef.plex.direct", "192.168.1.5")]
    [InlineData("10.0.0.1.nip.io", "10.0.0.1")]
    [InlineData("2.0.0.127.zen.spamhaus.org", "127.0.0.2")]
    [InlineData("list.dnsbl.example.com", "10.1.1.1")]
    [InlineData("ads.example.com", "127.0.0.1")]
    [InlineData("ads.example.com", "0.0.0.0")]
    [InlineData("printer.local", "192.168.1.9")]
    [InlineData("router.lan", "192.168.1.1")]
    [InlineData("www.example.com", "93.184.216.34")]
    [InlineData("cgn.example.com", "100.64.0.1")]
    public void Ordinary_answers_are_silent(string name, string address) =>
        Assert.Empty(new HeuristicRun().AnswerFrom(Outside, name, 1, address).Threats);

    [Fact]
    public void Whitelisted_names_are_silent() => Assert.Empty(
        new HeuristicRun(new FakeTrailIndex().Whitelist("corp.com")).AnswerFrom(Outside, "www.corp.com", 1, "10.0.0.7").Threats);
}
