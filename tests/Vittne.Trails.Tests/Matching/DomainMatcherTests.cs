using System.Text;
using CsCheck;
using Vittne.Trails.Matching;

namespace Vittne.Trails.Tests.Matching;

public sealed class DomainMatcherTests
{
    [Theory]
    [InlineData("evil.test.net", "evil.test.net")]
    [InlineData("EVIL.Test.Net.", "evil.test.net")]
    [InlineData("www.evil.test.net", "(www).evil.test.net")]
    [InlineData("a.b.evil.test.net", "(a.b).evil.test.net")]
    [InlineData("notevil.test.net", null)]
    [InlineData("evil.test.net.org", null)]
    [InlineData("test.net", null)]
    public void Name_matches_itself_and_its_children(string name, string? text) =>
        Assert.Equal(text, Find(new FakeTrailIndex().Add(TrailKind.Domain, "evil.test.net"), name));

    [Theory]
    [InlineData("ns1.bad.net", "hosting (suspicious)", null)]
    [InlineData("dns.bad.net", "sinkhole x (malware)", null)]
    [InlineData("rns22.bad.net", "hosting (suspicious)", null)]
    [InlineData("nf.bad.net", "hosting (suspicious)", null)]
    [InlineData("mx10.bad.net", "hosting (suspicious)", null)]
    [InlineData("nic.bad.net", "hosting (suspicious)", null)]
    [InlineData("ns1.bad.net", "emotet (malware)", "(ns1).bad.net")]
    [InlineData("nsx.bad.net", "hosting (suspicious)", "(nsx).bad.net")]
    [InlineData("a.ns1.bad.net", "hosting (suspicious)", "(a.ns1).bad.net")]
    public void Name_server_of_a_suspicious_domain_is_silent(string name, string info, string? text) =>
        Assert.Equal(text, Find(new FakeTrailIndex().Add(TrailKind.Domain, "bad.net", info), name));

    [Theory]
    [InlineData("noip.net", "dynamic domain (suspicious)", null)]
    [InlineData("www.noip.net", "dynamic domain (suspicious)", null)]
    [InlineData("www.noip.net", "free web hosting (suspicious)", null)]
    [InlineData("x.noip.net", "dynamic domain (suspicious)", "(x).noip.net")]
    [InlineData("www.noip.net", "emotet (malware)", "(www).noip.net")]
    public void Front_door_of_a_free_host_is_silent(string name, string info, string? text) =>
        Assert.Equal(text, Find(new FakeTrailIndex().Add(TrailKind.Domain, "noip.net", info), name));

    [Fact]
    public void Silenced_trail_does_not_hide_its_parent()
    {
        FakeTrailIndex trails = new FakeTrailIndex()
            .Add(TrailKind.Domain, "free.bad.net", "free web hosting (suspicious)").Add(TrailKind.Domain, "bad.net");

        Assert.Equal("(www.free).bad.net", Find(trails, "www.free.bad.net"));
    }

    [Fact]
    public void Whitelisted_parent_silences_the_name()
    {
        FakeTrailIndex trails = new FakeTrailIndex().Add(TrailKind.Domain, "x.good.net").Whitelist("good.net");

        Assert.Null(Find(trails, "x.good.net"));
    }

    [Theory]
    [InlineData("1.2.3.4")]
    [InlineData("nodot")]
    [InlineData("trailing..")]
    [InlineData("bad name.net")]
    [InlineData("bad.n_t")]
    [InlineData("")]
    [InlineData(".")]
    public void What_is_no_name_is_not_examined(string name) =>
        Assert.Null(Find(new FakeTrailIndex().Add(TrailKind.Domain, name.TrimEnd('.')).Add(TrailKind.Domain, "4").Add(TrailKind.Domain, "net"), name));

    [Theory]
    [InlineData("host.evil.lan")]
    [InlineData("evil.example")]
    [InlineData("x.intranet.evil.net")]
    public void Names_of_the_own_network_are_left_alone_when_DNS_carried_them(string name)
    {
        FakeTrailIndex trails = new FakeTrailIndex().Add(TrailKind.Domain, name);

        Assert.Null(Find(trails, name));
        Assert.Equal(name, Find(trails, name, isFromDns: false));
        Assert.Equal(name, Find(trails, name, examinesLocalNames: true));
    }

    [Fact]
    public void Lookup_service_shows_what_was_looked_up()
    {
        FakeTrailIndex trails = new FakeTrailIndex().Add(TrailKind.Domain, "evilname").Add(TrailKind.Address, "6.6.6.6");

        Assert.Equal("evilname(.ip-adress.com)", Find(trails, "evilname.ip-adress.com"));
        Assert.Equal("6.6.6.6(.ip-adress.com)", Find(trails, "6.6.6.6.ip-adress.com"));
        Assert.Null(Find(trails, "x.evilname.ip-adress.com"));
    }

    [Fact]
    public void Gateway_shows_the_hidden_service() =>
        Assert.Equal("badsite.onion(.to)", Find(new FakeTrailIndex().Add(TrailKind.Domain, "badsite.onion"), "badsite.onion.to"));

    [Theory]
    [InlineData("dga1234.wild.net", "dga1234.wild.net")]
    [InlineData("www.dga1.wild.net", "(www).dga1.wild.net")]
    [InlineData("dga1.wild.net.org", "dga1.wild.net(.org)")]
    [InlineData("a.b.dga1.wild.net.c", "(a.b).dga1.wild.net(.c)")]
    [InlineData("xdga1.wild.net", "(x)dga1.wild.net")]
    [InlineData("dga.wild.net", null)]
    public void Pattern_shows_its_match_free(string name, string? text) =>
        Assert.Equal(text, Find(new FakeTrailIndex().Add(TrailKind.DomainPattern, @"dga[0-9]+\.wild\.net"), name));

    [Fact]
    public void Longer_than_a_name_can_be_is_not_examined() =>
        Assert.Null(Find(new FakeTrailIndex().Add(TrailKind.Domain, "evil.net"), new string('a', 250) + ".evil.net"));

    [Fact]
    public void Miss_allocates_nothing()
    {
        var matcher = new DomainMatcher(new EmptyTrailIndex(), examinesLocalNames: false);
        byte[] name = "www.Some-Honest.Site.ip-adress.com.onion.net"u8.ToArray();
        matcher.TryFind(name, isFromDns: true, out _);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            matcher.TryFind(name, isFromDns: true, out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Any_bytes_are_answered_without_an_exception()
    {
        var matcher = new DomainMatcher(
            new FakeTrailIndex().Add(TrailKind.Domain, "a").Add(TrailKind.DomainPattern, "a*"), examinesLocalNames: true);
        Gen.Byte.Array[0, 300].Sample(bytes => { matcher.TryFind(bytes, isFromDns: true, out _); });
        Gen.Char["a.-"].Select(c => (byte)c).Array[0, 300].Sample(bytes => { matcher.TryFind(bytes, isFromDns: true, out _); });
    }

    private static string? Find(FakeTrailIndex trails, string name, bool isFromDns = true, bool examinesLocalNames = false) =>
        new DomainMatcher(trails, examinesLocalNames).TryFind(Encoding.Latin1.GetBytes(name), isFromDns, out DomainFind find)
            ? find.Text
            : null;
}
