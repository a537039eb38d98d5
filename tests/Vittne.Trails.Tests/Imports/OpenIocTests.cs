using Vittne.Trails.Lists;
using Vittne.Trails.Tests.Index;

namespace Vittne.Trails.Tests.Imports;

public sealed class OpenIocTests : IDisposable
{
    private readonly ListFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Items_become_indicators_with_name_and_links()
    {
        using TrailIndex index = _folder.With("a.ioc", Document("OR", Item("Network/DNS", "evil.test"), Item("PortItem/remoteIP", "192.0.2.1"), Item("UrlHistoryItem/URL", "http://evil.test/a"),
            Item("FileItem/Md5sum", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), Item("Network/UserAgent", "Evil/1.0"))).Load(out TrailBuildReport report);
        Trail trail = index.Explain("evil.test").Match!;

        Assert.Equal(5, index.Count);
        Assert.Equal(("sample bot", "OpenIOC (custom)", "https://a.test/1"), (trail.Info, trail.Reference, trail.Sources[0].References[0]));
        Assert.Empty(report.Broken);
    }

    [Fact]
    public void Address_and_port_join_and_other_joined_items_are_unsupported()
    {
        string joined = $"<Indicator operator=\"AND\">{Item("PortItem/remoteIP", "192.0.2.1")}{Item("PortItem/remotePort", "443")}</Indicator>";
        string other = $"<Indicator operator=\"AND\">{Item("Network/DNS", "a.test")}{Item("FileItem/FileName", "b")}</Indicator>";
        string nested = $"<Indicator operator=\"AND\">{Item("Network/DNS", "c.test")}<Indicator operator=\"OR\">{Item("Network/DNS", "d.test")}</Indicator></Indicator>";
        using TrailIndex index = _folder.With("a.ioc", Document("OR", joined, other, nested, Item("Network/DNS", "e.test"))).Load(out TrailBuildReport report);

        Assert.Equal(("192.0.2.1:443", "e.test", 2), (Ask.Endpoint(index, "192.0.2.1", 443), Ask.Domain(index, "e.test"), index.Count));
        Assert.Equal(4, report.Broken.Count(line => line is { Fault: LineFault.Unsupported, Unit: "object" }));
    }

    [Fact]
    public void Negated_and_unknown_items_are_unsupported()
    {
        string negated = Item("Network/DNS", "a.test").Replace("condition", "negate=\"true\" condition", StringComparison.Ordinal);
        using TrailIndex index = _folder.With("a.ioc", Document("OR", negated, Item("ProcessItem/name", "x"))).Load(out TrailBuildReport report);

        Assert.Equal((0, 2), (index.Count, report.Broken.Count));
    }

    [Theory]
    [InlineData("<!DOCTYPE ioc [<!ENTITY a \"b\">]><ioc>&a;</ioc>")]
    [InlineData("<ioc><definition>")]
    [InlineData("no xml")]
    public void Document_with_a_type_or_broken_one_is_named(string text)
    {
        using TrailIndex index = _folder.With("a.ioc", text).With("b.txt", "evil.test\n").Load(out TrailBuildReport report);

        Assert.Equal(1, index.Count);
        Assert.EndsWith("a.ioc is no OpenIOC document: it breaks in line 1", Assert.Single(report.Problems), StringComparison.Ordinal);
    }

    private static string Document(string operation, params string[] items) =>
        $"<?xml version=\"1.0\"?>\n<ioc xmlns=\"http://schemas.example/ioc\"><short_description>sample bot</short_description><links><link rel=\"report\">https://a.test/1</link></links>\n<definition><Indicator operator=\"{operation}\">{string.Concat(items)}</Indicator></definition></ioc>";

    private static string Item(string search, string content) =>
        $"<IndicatorItem id=\"x\" condition=\"is\"><Context document=\"a\" search=\"{search}\" type=\"mir\"/><Content type=\"string\">{content}</Content></IndicatorItem>\n";
}
