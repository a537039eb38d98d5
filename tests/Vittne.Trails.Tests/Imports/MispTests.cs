using Vittne.Trails.Lists;
using Vittne.Trails.Tests.Index;

namespace Vittne.Trails.Tests.Imports;

public sealed class MispTests : IDisposable
{
    private const string Uuid = "22222222-2222-4222-8222-222222222222";

    private readonly ListFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("ip-dst", "192.0.2.1", TrailKind.Address, "192.0.2.1")]
    [InlineData("ip-src", "192.0.2.0/24", TrailKind.Network, "192.0.2.0/24")]
    [InlineData("ip-dst|port", "192.0.2.1|443", TrailKind.Endpoint, "192.0.2.1:443")]
    [InlineData("ip-src|port", "2001:db8::1|443", TrailKind.Endpoint, "[2001:db8::1]:443")]
    [InlineData("hostname", "www.Evil.test", TrailKind.Domain, "evil.test")]
    [InlineData("hostname|port", "evil.test|8080", TrailKind.Domain, "evil.test")]
    [InlineData("url", "http://evil.test/a", TrailKind.Url, "evil.test/a")]
    [InlineData("uri", "/gate.php", TrailKind.Path, "/gate.php")]
    [InlineData("user-agent", "Evil (1.0)", TrailKind.UserAgent, @"Evil \(1\.0\)")]
    [InlineData("x509-fingerprint-sha1", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", TrailKind.Certificate, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("ja3-fingerprint-md5", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", TrailKind.Ja3, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("hassh-md5", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", TrailKind.Hassh, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("filename|md5", "a.exe|aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", TrailKind.FileHash, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Attribute_becomes_an_indicator(string type, string value, TrailKind kind, string indicator)
    {
        using TrailIndex index = _folder.With("a.json", Event(Attribute(type, value))).Load(out TrailBuildReport report);
        Trail trail = index.Get(0);

        Assert.Equal((1, kind, indicator), (index.Count, trail.Kind, trail.Indicator));
        Assert.Equal(("sample bot", $"Team {Uuid} (custom)"), (trail.Info, trail.Reference));
        Assert.Empty(report.Broken);
    }

    [Fact]
    public void Domain_with_address_becomes_two_and_objects_count()
    {
        string text = Event(Attribute("domain|ip", "evil.test|192.0.2.1"), $"{{\"Attribute\":[{Attribute("domain", "other.test")}]}}");
        using TrailIndex index = _folder.With("a.json", text).Load();

        Assert.Equal(("evil.test", "192.0.2.1", "other.test"), (Ask.Domain(index, "evil.test"), Ask.Address(index, "192.0.2.1"), Ask.Domain(index, "other.test")));
    }

    [Fact]
    public void What_is_not_for_detection_or_cannot_be_a_trail_is_counted()
    {
        string text = Event(string.Join(',', Attribute("domain", "context.test", "false"), Attribute("mutex", "evil"), Attribute("jarm-fingerprint", "00"), Attribute("domain", "two words")));
        using TrailIndex index = _folder.With("a.json", text).Load(out TrailBuildReport report);

        Assert.Equal((0, 1, 3), (index.Count, report.BrokenLines, report.Broken.Count));
        Assert.Equal([(LineFault.BadName, 1L), (LineFault.Unsupported, 2L), (LineFault.NotForDetection, 1L)], index.Summary().Faults);
        Assert.Equal("33333333-3333-4333-8333-333333333333 mutex evil", report.Broken[0].Text);
    }

    [Fact]
    public void Links_are_the_references_of_the_event_and_deleted_attributes_are_out()
    {
        string deleted = Attribute("domain", "gone.test").Replace("}", ",\"deleted\":true}", StringComparison.Ordinal);
        string text = Event(string.Join(',', Attribute("domain", "evil.test"), Attribute("link", "https://a.test/1", "false"), deleted));
        using TrailIndex index = _folder.With("a.json", text).Load();

        Assert.Equal(["https://a.test/1"], index.Get(0).Sources[0].References);
        Assert.Equal(1, index.Count);
    }

    [Fact]
    public void Feed_is_read_through_its_manifest_or_as_a_folder()
    {
        _folder.With($"feed/{Uuid}.json", Event(Attribute("domain", "evil.test"))).With("feed/hashes.csv", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,x\n")
            .With("feed/manifest.json", $"{{\"{Uuid}\":{{\"info\":\"x\"}},\"../../etc/passwd\":{{}}}}");
        using TrailIndex folder = _folder.Load(out TrailBuildReport report);
        using TrailIndex manifest = TrailIndex.Load([_folder.File("feed/manifest.json")], TrailBuildOptions.Default, out TrailBuildReport own);

        Assert.Equal((1, 1), (folder.Count, manifest.Count));
        Assert.Empty(report.Problems);
        Assert.Empty(own.Problems);
    }

    [Fact]
    public void Answer_of_a_search_is_read()
    {
        _folder.With("a.json", $"{{\"response\":[{Event(Attribute("domain", "a.test"))},{Event(Attribute("domain", "b.test"))}]}}")
            .With("b.json", $"{{\"response\":{{\"Attribute\":[{Attribute("domain", "c.test")}]}}}}");
        using TrailIndex index = _folder.Load();

        Assert.Equal(3, index.Count);
    }

    private static string Event(string attributes, string objects = "") =>
        $"{{\"Event\":{{\"uuid\":\"{Uuid}\",\"info\":\"sample bot\",\"Orgc\":{{\"name\":\"Team\"}},\"Attribute\":[{attributes}],\"Object\":[{objects}]}}}}";

    private static string Attribute(string type, string value, string forDetection = "true") =>
        $"{{\"uuid\":\"33333333-3333-4333-8333-333333333333\",\"type\":\"{type}\",\"value\":\"{value}\",\"to_ids\":{forDetection}}}";
}
