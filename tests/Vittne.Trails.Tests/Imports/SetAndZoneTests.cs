using Vittne.Trails.Tests.Index;

namespace Vittne.Trails.Tests.Imports;

public sealed class SetAndZoneTests : IDisposable
{
    private readonly ListFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.ipset", "# list\n192.0.2.1\n192.0.2.64/26\n")]
    [InlineData("a.netset", "192.0.2.64/26\n192.0.2.1/32\n")]
    [InlineData("b.ipset", "create bad hash:net family inet\nadd bad 192.0.2.1\nadd bad 192.0.2.64/26 timeout 600\n")]
    [InlineData("c.zone", "$TTL 60\n32.1.2.0.192.rpz-ip CNAME .\n26.64.2.0.192.rpz-ip CNAME .\n")]
    public void Sets_of_addresses_are_read(string name, string text)
    {
        using TrailIndex index = _folder.With(name, text).Load(out TrailBuildReport report);

        Assert.Equal((2, "192.0.2.1", "192.0.2.64/26"), (index.Count, Ask.Address(index, "192.0.2.1"), Ask.Address(index, "192.0.2.100")));
        Assert.Empty(report.Broken);
    }

    [Theory]
    [InlineData("128.1.zz.db8.2001", "2001:db8::1")]
    [InlineData("32.zz.db8.2001", "2001:db8::/32")]
    [InlineData("128.8.7.6.5.4.3.2.1", "1:2:3:4:5:6:7:8")]
    public void Ipv6_in_a_zone_is_written_backwards(string name, string indicator)
    {
        using TrailIndex index = _folder.With("a.zone", $"{name}.rpz-ip CNAME .\n").Load();

        Assert.Equal(indicator, index.Get(0).Indicator);
    }

    [Fact]
    public void Feed_file_is_cleaned_and_few_feeds_do_not_make_an_attacker()
    {
        _folder.With("one.feed", "# category feed\n192.0.2.1,known attacker,a.test\n192.0.2.2,known attacker,a.test\n192.0.2.3,emotet (malware),a.test\nlocalhostx,x,a.test\nwords,x,a.test\n")
            .With("two.feed", "192.0.2.1,known attacker,b.test\n").With("three.feed", "192.0.2.1,spammer,c.test\n");
        using TrailIndex index = _folder.Load();

        Assert.Equal(("192.0.2.1", null, "192.0.2.3"), (Ask.Address(index, "192.0.2.1"), Ask.Address(index, "192.0.2.2"), Ask.Address(index, "192.0.2.3")));
        Assert.Equal((DropRule.FewFeeds, DropRule.SingleWord), (index.Explain("192.0.2.2").DropRule, index.Explain("words").DropRule));
        Assert.Equal("a.test (+b.test,c.test)", index.Explain("192.0.2.1").Match!.Reference);
    }
}
