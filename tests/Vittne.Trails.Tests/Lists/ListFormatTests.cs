using Vittne.Trails.Tests.Index;

namespace Vittne.Trails.Tests.Lists;

public sealed class ListFormatTests : IDisposable
{
    private readonly ListFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("malware/evil_bot.txt", "evil bot (malware)", "(static)", Severity.High)]
    [InlineData("malicious/panel.txt", "panel (malicious)", "(static)", Severity.Medium)]
    [InlineData("suspicious/dyn.txt", "dyn (suspicious)", "(static)", Severity.Medium)]
    [InlineData("mass_scanner.txt", "mass scanner", "(static)", Severity.Low)]
    [InlineData("custom/mine.txt", "mine", "(custom)", Severity.High)]
    public void Static_list_takes_info_from_its_name_and_folder(string name, string info, string reference, Severity severity)
    {
        using TrailIndex index = _folder.With(name, "# words\n\nevil.test # note\n").Load();
        Trail trail = Only(index, "evil.test");

        Assert.Equal((info, reference, severity), (trail.Info, trail.Reference, trail.Severity));
        Assert.Equal((name, 3), (trail.Sources[0].List, trail.Sources[0].Line));
    }

    [Fact]
    public void References_belong_to_the_lines_up_to_the_next_blank_line_or_block()
    {
        _folder.With("malware/a.txt", """
            # Aliases: One, Two
            # Reference: https://a.test/1
            # Reference:https://a.test/2 (# note)

            one.test
            two.test

            three.test
            # Referecne: # Reference: https://a.test/3
            four.test
            """);
        using TrailIndex index = _folder.Load();

        Assert.Equal(["https://a.test/1", "https://a.test/2"], Only(index, "one.test").Sources[0].References);
        Assert.Equal(["https://a.test/1", "https://a.test/2"], Only(index, "two.test").Sources[0].References);
        Assert.Empty(Only(index, "three.test").Sources[0].References);
        Assert.Equal(["https://a.test/3"], Only(index, "four.test").Sources[0].References);
        Assert.Equal("One, Two", Only(index, "four.test").Sources[0].Aliases);
    }

    [Fact]
    public void References_of_one_list_do_not_reach_into_the_next()
    {
        using TrailIndex index = _folder.With("malware/a.txt", "# Reference: https://a.test\none.test\n").With("malware/b.txt", "two.test\n").Load();

        Assert.Empty(Only(index, "two.test").Sources[0].References);
    }

    [Fact]
    public void Trails_csv_is_final_and_bad_rows_are_counted()
    {
        _folder.With("trails.csv", "10.0.0.1,known attacker,feed.test\n\"/a,b\",\"say \"\"x\"\"\",(static)\nonly,two\n").With("bogon_ranges.txt", "10.0.0.0/8\n");
        using TrailIndex index = _folder.Load(out TrailBuildReport report);

        Assert.Equal(("known attacker", "feed.test"), (index.Explain("10.0.0.1").Match!.Info, index.Explain("10.0.0.1").Match!.Reference));
        Assert.Equal("/a,b", Ask.Url(index, "/a,b"));
        Assert.Equal("say \"x\"", index.Explain("/a,b").Match!.Info);
        Assert.Equal((1, 3), (report.BrokenLines, report.Broken[0].Line));
    }

    [Fact]
    public void Static_csv_has_trail_and_info()
    {
        using TrailIndex index = _folder.With("suspicious/names.csv", "http://evil.test/,bad thing\n").Load();
        Trail trail = Only(index, "evil.test");

        Assert.Equal(("bad thing (suspicious)", "names (static)"), (trail.Info, trail.Reference));
    }

    [Fact]
    public void Csv_with_header_is_read_by_the_names_of_its_columns()
    {
        _folder.With("ioc.csv", "first_seen,dst_ip,dst_port,malware\n2026-01-01,192.0.2.7,443,Emotet\n");
        using TrailIndex index = _folder.Load();

        Assert.Equal("Emotet", index.Explain("192.0.2.7").Match!.Info);
        Assert.Equal(1, index.Count);
    }

    [Fact]
    public void Column_option_overrides_the_header()
    {
        _folder.With("ioc.csv", "domain,other\na.test,b.test\n");
        using TrailIndex index = _folder.Load(new TrailBuildOptions { Column = "other" });

        Assert.Equal((null, "b.test"), (Ask.Domain(index, "a.test"), Ask.Domain(index, "b.test")));
    }

    [Theory]
    [InlineData("block.list", "# c\n; c\n// c\nevil.test ; note\n")]
    [InlineData("hosts", "127.0.0.1 localhost\n0.0.0.0 evil.test\n::1 ip6-localhost\n0.0.0.0 0.0.0.0\n")]
    [InlineData("ads.txt", "! comment\n||evil.test^\n@@||good.test^\n")]
    [InlineData("dns.conf", "address=/evil.test/\n")]
    [InlineData("rpz.zone", "$TTL 60\n@ SOA a. b. 1 2 3 4 5\nevil.test CNAME .\n*.evil.test CNAME .\n")]
    [InlineData("unbound.conf", "local-zone: \"evil.test\" always_nxdomain\n")]
    public void Block_lists_of_browsers_and_resolvers_give_names(string name, string text)
    {
        using TrailIndex index = _folder.With(name, text).Load(out TrailBuildReport report, new TrailBuildOptions { Info = "blocked" });
        Trail trail = Only(index, "evil.test");

        Assert.Equal((1, 0), (index.Count, report.BrokenLines));
        Assert.Equal(("blocked", "(custom)", Severity.High), (trail.Info, trail.Reference, trail.Severity));
    }

    [Fact]
    public void Broken_lines_are_counted_and_the_first_ten_named()
    {
        using TrailIndex index = _folder.With("malware/a.txt", string.Concat(Enumerable.Repeat("two words\n", 12)) + "evil.test\n").Load(out TrailBuildReport report);

        Assert.Equal((12, 10, 1), (report.BrokenLines, report.Broken.Count, index.Count));
    }

    [Fact]
    public void Bad_bytes_are_replaced_and_counted()
    {
        using TrailIndex index = _folder.With("malware/a.txt", [.. "/a"u8, 0xFF, .. "b\nevil.test\n"u8]).Load();

        Assert.Equal("/a\uFFFDb", Ask.Url(index, "/a\uFFFDb"));
        Assert.Contains(index.Summary().Faults, fault => fault.Fault == Vittne.Trails.Lists.LineFault.BadText);
    }

    [Fact]
    public void File_that_is_no_text_is_named_and_the_rest_is_read()
    {
        using TrailIndex index = _folder.With("malware/a.txt", [0xD4, 0xC3, 0, 0]).With("malware/b.txt", "evil.test\n").Load(out TrailBuildReport report);

        Assert.Equal((1, 1), (report.Problems.Count, index.Count));
    }

    [Fact]
    public void Ignore_rules_and_user_agents_are_kept()
    {
        _folder.With("ignore_events.txt", "# c\n192.0.2.1;*;*;53\nnonsense\n").With("ua.txt", "evil/[0-9]+\nfoo (compatible; x)\n");
        using TrailIndex index = _folder.Load(out TrailBuildReport report);

        Assert.Equal(["192.0.2.1;*;*;53"], index.IgnoreRules);
        Assert.Equal(1, report.BrokenLines);
        Assert.True(index.TryFindUserAgent("Mozilla EVIL/12"u8, out int trail, out int start, out int length));
        Assert.Equal(("user agent (suspicious)", 8, 7), (index.Get(trail).Info, start, length));
        Assert.True(index.TryFindUserAgent("a foo (compatible; x) b"u8, out trail, out _, out _));
        Assert.Equal("foo (compatible; x)", index.Get(trail).Indicator);
    }

    [Fact]
    public void Domain_pattern_is_searched_and_its_trail_told()
    {
        using TrailIndex index = _folder.With("malware/a.txt", "seek[0-9]+\\.(a|b)\\.com\n").Load();

        Assert.True(index.TryFindDomainPattern("x.seek12.b.com"u8, out int trail, out int start, out int length));
        Assert.Equal(("seek[0-9]+\\.(a|b)\\.com", 2, 12), (index.Get(trail).Indicator, start, length));
        Assert.False(index.TryFindDomainPattern("x.seek.b.com"u8, out _, out _, out _));
        Assert.Empty(index.PatternProblems);
    }

    private static Trail Only(TrailIndex index, string name)
    {
        Assert.True(index.TryFindDomain(System.Text.Encoding.UTF8.GetBytes(name), out int trail, out _));
        return index.Get(trail);
    }
}
