using Vittne.Trails.Lists;
using Vittne.Trails.Tests.Index;

namespace Vittne.Trails.Tests.Imports;

public sealed class SuricataRuleTests : IDisposable
{
    private readonly ListFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("dns $HOME_NET any -> any any", "dns.query; content:\"evil.test\"; nocase; endswith;", "evil.test")]
    [InlineData("dns $HOME_NET any -> any any", "dns.query; dotprefix; content:\".evil.test\"; endswith;", "evil.test")]
    [InlineData("tls $HOME_NET any -> any any", "tls.sni; content:\"evil|2e|test\"; bsize:9;", "evil.test")]
    [InlineData("dns $HOME_NET any -> any any", "dns_query; content:\"|04|evil|04|test|00|\";", "evil.test")]
    [InlineData("ip [192.0.2.1, 192.0.2.0/28] any -> $HOME_NET any", "", "192.0.2.0/28 192.0.2.1")]
    [InlineData("tcp $HOME_NET any -> [192.0.2.1,192.0.2.2] [80,443]", "flags:S;", "192.0.2.1:443 192.0.2.1:80 192.0.2.2:443 192.0.2.2:80")]
    [InlineData("tcp $HOME_NET any -> 2001:db8::1 443", "", "[2001:db8::1]:443")]
    public void Rule_that_says_no_more_than_a_trail_becomes_one(string header, string options, string indicators)
    {
        using TrailIndex index = _folder.With("a.rules", $"# off\n#alert tcp a\nalert {header} (msg:\"ET CnC \\\"x\\\"\"; {options} reference:url,a.test/1; sid:7; rev:1;)\n").Load(out TrailBuildReport report);

        Assert.Equal(indicators, string.Join(' ', Enumerable.Range(0, (int)index.Count).Select(i => index.Get(i).Indicator).Order(StringComparer.Ordinal)));
        Assert.Equal(("ET CnC \"x\"", "sid 7 (custom)", 3), (index.Get(0).Info, index.Get(0).Reference, index.Get(0).Sources[0].Line));
        Assert.Equal(["http://a.test/1"], index.Get(0).Sources[0].References);
        Assert.Empty(report.Broken);
    }

    [Theory]
    [InlineData("http any any -> any any", "content:\"evil\"; http.uri;")]
    [InlineData("dns any any -> any any", "dns.query; content:\"a.test\"; content:\"b\";")]
    [InlineData("dns any any -> any any", "dns.query; content:!\"a.test\";")]
    [InlineData("dns any any -> any any", "dns.query; pcre:\"/a/\";")]
    [InlineData("tcp any any -> 192.0.2.1 any", "content:\"a.b\";")]
    [InlineData("tcp any any -> [$EVIL,!192.0.2.1] any", "")]
    [InlineData("tcp any any -> 192.0.2.1 1:1024", "")]
    public void Rule_that_says_more_is_counted(string header, string options)
    {
        using TrailIndex index = _folder.With("a.rules", $"alert {header} (msg:\"x\"; {options} sid:7;)\n").Load(out TrailBuildReport report);

        Assert.Equal((0, LineFault.Unsupported, "sid 7 x"), (index.Count, Assert.Single(report.Broken).Fault, report.Broken[0].Text));
        Assert.Equal(0, report.BrokenLines);
    }

    [Theory]
    [InlineData("alert tcp any any -> any any")]
    [InlineData("alert tcp any any (sid:1;)")]
    [InlineData("alert tcp any any -> any any (msg:\"x; sid:1;)")]
    public void Line_that_is_no_rule_is_broken(string line)
    {
        using TrailIndex index = _folder.With("a.rules", line + "\n").Load(out TrailBuildReport report);

        Assert.Equal((1, LineFault.BadRow), (report.BrokenLines, report.Broken[0].Fault));
    }
}
