using System.Text;
using CsCheck;
using Vittne.Trails.Matching;

namespace Vittne.Trails.Tests.Matching;

public sealed class UrlMatcherTests
{
    [Theory]
    [InlineData(TrailKind.Path, "/gate.php", "victim.net", "/gate.php", "(victim.net)/gate.php")]
    [InlineData(TrailKind.Url, "evil.net/bad/path", "evil.net", "/bad/path", "evil.net/bad/path")]
    [InlineData(TrailKind.Url, "evil.net/a", "evil.net", "/a/", "evil.net/a(/)")]
    [InlineData(TrailKind.Url, "evil.net/a", "evil.net", "/a/x.bin", "evil.net/a(/x.bin)")]
    [InlineData(TrailKind.Path, "/g.php", "evil.net", "/a/g.php?x=1", "(evil.net/a)/g.php(?x=1)")]
    [InlineData(TrailKind.Url, "evil.net/g.php?id=", "evil.net", "/g.php?id=77", "evil.net/g.php?id=(77)")]
    [InlineData(TrailKind.Path, "/g?a=&b=", "evil.net", "/g?a=1&b=2", "(evil.net/g?a=1&b=2)")]
    [InlineData(TrailKind.Url, "evil.net/x.png", "evil.net", "/pics/x.png", "(evil.net/pics/x.png)")]
    [InlineData(TrailKind.HostSlash, "evil.net/", "evil.net", "/anything", "evil.net/")]
    [InlineData(TrailKind.Url, "6.6.6.6/c2", "6.6.6.6", "/c2", "6.6.6.6/c2")]
    [InlineData(TrailKind.Path, "/a/b", "evil.net", "/a//b", "(evil.net/a//b)")]
    [InlineData(TrailKind.Path, "/gate.php", "evil.net", "/%67ate.php", "(evil.net)/gate.php")]
    [InlineData(TrailKind.Url, "evil.net/p/gate.php", "evil.net", "/x/../p/gate.php", "evil.net/p/gate.php")]
    [InlineData(TrailKind.Path, "/gate.php", "evil.net", "/other.php", null)]
    public void Trail_stands_free_in_the_text(TrailKind kind, string trail, string host, string path, string? text) =>
        Assert.Equal(text, Find(new FakeTrailIndex().Add(kind, trail), host, path)?.Text);

    [Fact]
    public void Body_match_shows_method_and_body_as_sent()
    {
        UrlFind? find = Find(new FakeTrailIndex().Add(TrailKind.Path, "/rt?id=4&e=view"), "evil.net", "/rt", "id=4&e=VIEW");

        Assert.Equal("evil.net(/rt \\(POST id=4&e=VIEW\\))", find?.Text);
        Assert.True(find?.IsInBody);
    }

    [Fact]
    public void Body_does_not_change_the_type_of_a_path_match()
    {
        UrlFind? find = Find(new FakeTrailIndex().Add(TrailKind.Path, "/rt"), "evil.net", "/rt", "id=4");

        Assert.Equal("(evil.net)/rt", find?.Text);
        Assert.False(find?.IsInBody);
    }

    [Fact]
    public void Earlier_form_wins()
    {
        FakeTrailIndex trails = new FakeTrailIndex().Add(TrailKind.HostSlash, "evil.net/").Add(TrailKind.Path, "/c").Add(TrailKind.Url, "evil.net/a/b");

        Assert.Equal("evil.net/a/b(/c)", Find(trails, "evil.net", "/a/b/c")?.Text);
    }

    [Fact]
    public void Whitelisted_host_keeps_its_full_URL_trails_only()
    {
        FakeTrailIndex trails = new FakeTrailIndex()
            .Add(TrailKind.HostSlash, "pages.good.net/").Add(TrailKind.Path, "/gate.php").Add(TrailKind.Url, "pages.good.net/evil")
            .Whitelist("good.net");

        Assert.Null(Find(trails, "pages.good.net", "/gate.php"));
        Assert.Null(Find(trails, "pages.good.net:8080", "/gate.php"));
        Assert.Equal("pages.good.net/evil", Find(trails, "pages.good.net", "/evil")?.Text);
    }

    [Fact]
    public void Any_bytes_are_answered_without_an_exception()
    {
        var matcher = new UrlMatcher(new FakeTrailIndex().Add(TrailKind.Path, "/a"));
        Gen.Select(Gen.Byte.Array[0, 300], Gen.Byte.Array[0, 100], Gen.Byte.Array[0, 50]).Sample((host, path, body) =>
        {
            matcher.TryFind(new UrlTarget { Host = host, Path = path, ShownHost = host, Body = body }, out _);
        });
    }

    private static UrlFind? Find(FakeTrailIndex trails, string host, string path, string body = "")
    {
        var target = new UrlTarget
        {
            Host = Encoding.UTF8.GetBytes(host),
            Path = Encoding.UTF8.GetBytes(path),
            ShownHost = Encoding.UTF8.GetBytes(host),
            Method = "POST"u8,
            Body = Encoding.UTF8.GetBytes(body),
        };
        return new UrlMatcher(trails).TryFind(target, out UrlFind find) ? find : null;
    }
}
