using System.Text;
using CsCheck;
using Vittne.Trails.Lists;

namespace Vittne.Trails.Tests.Lists;

public sealed class IndicatorParserTests
{
    [Theory]
    [InlineData("192.0.2.1", TrailKind.Address, "192.0.2.1")]
    [InlineData("2001:DB8:0:0::1", TrailKind.Address, "2001:db8::1")]
    [InlineData("[2001:db8::1]", TrailKind.Address, "2001:db8::1")]
    [InlineData("192.0.2.1:443", TrailKind.Endpoint, "192.0.2.1:443")]
    [InlineData("[2001:db8::1]:443", TrailKind.Endpoint, "[2001:db8::1]:443")]
    [InlineData("[0:0:0:0:0:ffff:2d3e:c649]:53", TrailKind.Endpoint, "45.62.198.73:53")]
    [InlineData("192.0.2.0/24", TrailKind.Network, "192.0.2.0/24")]
    [InlineData("192.0.2.1/32", TrailKind.Address, "192.0.2.1")]
    [InlineData("2001:db8::/32", TrailKind.Network, "2001:db8::/32")]
    [InlineData("192.0.2.1/33", TrailKind.Url, "192.0.2.1/33")]
    [InlineData("http://192.0.2.0/24", TrailKind.Url, "192.0.2.0/24")]
    [InlineData("Evil.Test", TrailKind.Domain, "evil.test")]
    [InlineData("www.evil.test", TrailKind.Domain, "evil.test")]
    [InlineData(".evil.test.", TrailKind.Domain, "evil.test")]
    [InlineData("*.evil.test", TrailKind.Domain, "evil.test")]
    [InlineData("xyz", TrailKind.Domain, "xyz")]
    [InlineData("bücher.test", TrailKind.Domain, "xn--bcher-kva.test")]
    [InlineData("http://evil.test", TrailKind.HostSlash, "evil.test/")]
    [InlineData("evil.test/", TrailKind.HostSlash, "evil.test/")]
    [InlineData("http://evil.test:80/gate.php", TrailKind.Url, "evil.test/gate.php")]
    [InlineData("https://Evil.test:8080/Gate.php", TrailKind.Url, "evil.test:8080/gate.php")]
    [InlineData("evil.test/a//b/", TrailKind.Url, "evil.test/a/b")]
    [InlineData("evil.test/a.php?id=1", TrailKind.Url, "evil.test/a.php")]
    [InlineData("/gate.php?id=", TrailKind.Path, "/gate.php?id=")]
    [InlineData("/a/b/", TrailKind.Path, "/a/b")]
    [InlineData("seek[0-9]+\\.(a|b)\\.com", TrailKind.DomainPattern, "seek[0-9]+\\.(a|b)\\.com")]
    [InlineData("0123456789ABCDEF0123456789abcdef", TrailKind.Certificate, "0123456789abcdef0123456789abcdef")]
    [InlineData("ja3:0123456789abcdef0123456789abcdef", TrailKind.Ja3, "0123456789abcdef0123456789abcdef")]
    [InlineData("t13d1516h2_8daaf6152771_b186095e22b6", TrailKind.Ja4, "t13d1516h2_8daaf6152771_b186095e22b6")]
    [InlineData("sha1:0123456789abcdef0123456789abcdef01234567", TrailKind.FileHash, "0123456789abcdef0123456789abcdef01234567")]
    [InlineData("regex:^evil[0-9]?$", TrailKind.DomainPattern, "^evil[0-9]?$")]
    [InlineData("ua:Evil/1", TrailKind.UserAgent, "Evil/1")]
    [InlineData("url:evil.test/x", TrailKind.Url, "evil.test/x")]
    [InlineData("domain:evil.test", TrailKind.Domain, "evil.test")]
    [InlineData("ip:192.0.2.9", TrailKind.Address, "192.0.2.9")]
    public void Text_becomes_its_kind_and_canonical_key(string text, TrailKind kind, string key)
    {
        var parser = new IndicatorParser();

        Assert.Equal(LineFault.None, parser.Parse(Encoding.UTF8.GetBytes(text), IndicatorRules.Clean));
        Assert.Equal((kind, key), (parser.Kind, KeyText.Of(parser.Kind, parser.Key)));
    }

    [Theory]
    [InlineData("", LineFault.NotAnIndicator)]
    [InlineData("/", LineFault.NotAnIndicator)]
    [InlineData("1.2.3", LineFault.BadAddress)]
    [InlineData("256.1.1.1", LineFault.BadAddress)]
    [InlineData("01.2.3.4", LineFault.BadAddress)]
    [InlineData("192.0.2.1:0", LineFault.BadPort)]
    [InlineData("192.0.2.1:65536", LineFault.BadPort)]
    [InlineData("two words", LineFault.BadName)]
    [InlineData("a..b", LineFault.BadName)]
    [InlineData("evil.test:8080", LineFault.BadName)]
    [InlineData("192.0.2.9-192.0.2.1", LineFault.BadAddress)]
    [InlineData("ja3:0123", LineFault.BadHash)]
    [InlineData("sha256:0123456789abcdef0123456789abcdef", LineFault.BadHash)]
    [InlineData("regex:(", LineFault.BadPattern)]
    [InlineData("ip:evil.test", LineFault.BadAddress)]
    public void What_is_no_indicator_is_refused_with_its_reason(string text, LineFault fault) =>
        Assert.Equal(fault, new IndicatorParser().Parse(Encoding.UTF8.GetBytes(text), IndicatorRules.Clean));

    [Fact]
    public void Host_bits_are_cleared_and_told()
    {
        var parser = new IndicatorParser();

        Assert.Equal(LineFault.HostBits, parser.Parse("192.0.2.77/24"u8, IndicatorRules.Clean));
        Assert.Equal("192.0.2.0/24", KeyText.Of(parser.Kind, parser.Key));
    }

    [Fact]
    public void Range_becomes_the_fewest_networks()
    {
        var parser = new IndicatorParser();

        Assert.Equal(LineFault.None, parser.Parse("192.0.2.1-192.0.2.6"u8, IndicatorRules.Clean));
        Assert.Equal(["192.0.2.1/32", "192.0.2.2/31", "192.0.2.4/31", "192.0.2.6/32"], parser.Range.Select(network => network.ToString()));
    }

    [Theory]
    [InlineData("evil.test:80/x", TrailKind.Url)]
    [InlineData("/?cid=&l=&&mode=", TrailKind.Path)]
    [InlineData("www.evil.test/a?b", TrailKind.Url)]
    public void Final_rows_keep_their_text(string text, TrailKind kind)
    {
        var parser = new IndicatorParser();

        Assert.Equal(LineFault.None, parser.Parse(Encoding.UTF8.GetBytes(text), IndicatorRules.Final));
        Assert.Equal((kind, text), (parser.Kind, KeyText.Of(parser.Kind, parser.Key)));
    }

    [Theory]
    [InlineData("hxxps://evil[.]test/a", "https://evil.test/a")]
    [InlineData("192.0.2[.]1", "192.0.2.1")]
    [InlineData("evil(dot)test", "evil.test")]
    [InlineData("hxxp[:]//evil{.}test", "http://evil.test")]
    public void Defanged_text_is_restored(string text, string meant) => Assert.Equal(meant, Defanged.Restore(text));

    [Fact]
    public void Any_bytes_give_a_key_or_a_reason()
    {
        var parser = new IndicatorParser();
        Gen.Byte.Array[0, 300].Sample(bytes =>
        {
            LineFault fault = parser.Parse(bytes, IndicatorRules.Clean);
            Assert.True(fault is not (LineFault.None or LineFault.HostBits) || parser.Key.Length > 0 || parser.Range.Count > 0);
        });
    }

    [Fact]
    public void Canonical_text_is_its_own_key()
    {
        var parser = new IndicatorParser();
        Gen.String[Gen.Char["abw.:/-_?0123*[]#A"], 1, 24].Sample(text =>
        {
            LineFault fault = parser.Parse(Encoding.UTF8.GetBytes(text), IndicatorRules.Clean);
            if (fault is LineFault.None && parser.Range.Count == 0 && parser.Kind is not TrailKind.DomainPattern)
            {
                (TrailKind kind, string key) = (parser.Kind, KeyText.Of(parser.Kind, parser.Key));
                if (!key.StartsWith("www.", StringComparison.Ordinal))
                {
                    Assert.Equal(LineFault.None, parser.Parse(Encoding.UTF8.GetBytes(key), IndicatorRules.Final));
                    Assert.Equal((kind, key), (parser.Kind, KeyText.Of(parser.Kind, parser.Key)));
                }
            }
        });
    }
}
