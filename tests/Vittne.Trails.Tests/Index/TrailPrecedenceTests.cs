namespace Vittne.Trails.Tests.Index;

public sealed class TrailPrecedenceTests : IDisposable
{
    private readonly ListFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("custom/a.txt", "malware/a.txt", "a")]
    [InlineData("malware/a.txt", "malicious/b.txt", "a (malware)")]
    [InlineData("malicious/b.txt", "suspicious/a.txt", "b (malicious)")]
    [InlineData("suspicious/z.txt", "mass_scanner.txt", "z (suspicious)")]
    [InlineData("suspicious/z.txt", "suspicious/bad_history.txt", "z (suspicious)")]
    [InlineData("malware/b.txt", "malware/a.txt", "a (malware)")]
    public void Better_list_names_the_indicator_and_all_sources_are_kept(string one, string other, string info)
    {
        using TrailIndex index = _folder.With(one, "evil.test\n").With(other, "evil.test\n").Load();
        Trail trail = index.Explain("evil.test").Match!;

        Assert.Equal((1, info), (index.Count, trail.Info));
        Assert.Equal(new[] { one, other }.Order(StringComparer.Ordinal), trail.Sources.Select(source => source.List));
    }

    [Fact]
    public void Static_list_beats_a_feed_and_names_it()
    {
        _folder.With("feeds.csv", "evil.test,malware,b.test\nevil.test,known attacker,a.test\n").With("suspicious/s.txt", "evil.test\n");
        using TrailIndex index = _folder.Load();
        Trail trail = index.Explain("evil.test").Match!;

        Assert.Equal(("s (suspicious)", "(static) (+a.test,b.test)"), (trail.Info, trail.Reference));
    }

    [Fact]
    public void Among_feeds_severity_counts_then_how_many_say_it_then_the_name()
    {
        _folder.With("feeds.csv", "a.test,crawler,x\na.test,malware,y\nb.test,spam,z\nb.test,spam,z\nb.test,adware,z\nc.test,two,z\nc.test,one,z\n");
        using TrailIndex index = _folder.Load();

        Assert.Equal("malware", index.Explain("a.test").Match!.Info);
        Assert.Equal("spam", index.Explain("b.test").Match!.Info);
        Assert.Equal("one", index.Explain("c.test").Match!.Info);
    }

    [Fact]
    public void Info_of_bare_words_is_made_clear()
    {
        _folder.With("ransomware.txt", "evil.test\n").With("malware.txt", "192.0.2.1\nother.test\n");
        using TrailIndex index = _folder.Load();

        Assert.Equal("ransomware (malware)", index.Explain("evil.test").Match!.Info);
        Assert.Equal("potential malware site", index.Explain("192.0.2.1").Match!.Info);
        Assert.Equal("malware", index.Explain("other.test").Match!.Info);
    }

    [Fact]
    public void Every_drop_is_counted_and_explained()
    {
        _folder.With("malware/a.txt", "10.1.2.3\n10.1.2.3:80\n104.16.1.1/x.exe\n127.0.0.5\nlocalhost.test\nlisted.test\nbelow.listed.test\n1.0.0.0/7\n192.0.2.9\n")
            .With("suspicious/parking_site.txt", "104.16.1.2\n")
            .With("bogon_ranges.txt", "10.0.0.0/8\n")
            .With("cdn_ranges.txt", "104.16.0.0/13\n")
            .With("whitelist.txt", "listed.test\n192.0.2.0/28\n");
        using TrailIndex index = _folder.Load();

        Assert.Equal(DropRule.Bogon, index.Explain("10.1.2.3").DropRule);
        Assert.Equal(DropRule.Bogon, index.Explain("10.1.2.3:80").DropRule);
        Assert.Equal(DropRule.ContentDelivery, index.Explain("104.16.1.1/x.exe").DropRule);
        Assert.Equal(DropRule.Local, index.Explain("127.0.0.5").DropRule);
        Assert.Equal(DropRule.Local, index.Explain("localhost.test").DropRule);
        Assert.Equal(DropRule.Whitelisted, index.Explain("listed.test").DropRule);
        Assert.Equal(DropRule.Whitelisted, index.Explain("192.0.2.9").DropRule);
        Assert.Equal(DropRule.TooWide, index.Explain("0.0.0.0/7").DropRule);
        Assert.Equal(("a (malware)", 1), (index.Explain("10.1.2.3").Dropped!.Info, index.Explain("10.1.2.3").Dropped!.Sources[0].Line));
        Assert.Equal("104.16.1.2", Ask.Address(index, "104.16.1.2"));
        Assert.Equal(8, index.Summary().Drops.Sum(drop => drop.Count));
        Assert.Equal(2, index.Count);
        Assert.True(index.IsWhitelistedDomain("below.listed.test"u8));
        Assert.True(index.Explain("below.listed.test").IsWhitelisted);
    }

    [Fact]
    public void Wide_networks_stay_when_asked_for()
    {
        using TrailIndex index = _folder.With("malware/a.txt", "2.0.0.0/7\n").Load(new TrailBuildOptions { AllowWide = true });

        Assert.Equal("2.0.0.0/7", Ask.Address(index, "3.4.5.6"));
    }

    [Fact]
    public void Extra_whitelist_is_heard_and_none_silences_that_of_the_lists()
    {
        string extra = _folder.File("mine");
        _folder.With("lists/malware/a.txt", "evil.test\n").With("lists/whitelist.txt", "good.test\n").With("mine", "other.test\n192.0.2.0/24\n");
        using TrailIndex both = TrailIndex.Load([_folder.File("lists")], new TrailBuildOptions { Whitelists = [extra] }, out _);
        using TrailIndex alone = TrailIndex.Load([_folder.File("lists")], new TrailBuildOptions { Whitelists = ["none", extra] }, out _);

        Assert.True(both.IsWhitelistedDomain("good.test"u8) && both.IsWhitelistedDomain("a.other.test"u8) && both.IsWhitelisted(Ask.Parse("192.0.2.200")));
        Assert.True(!alone.IsWhitelistedDomain("good.test"u8) && alone.IsWhitelistedDomain("other.test"u8));
    }
}
