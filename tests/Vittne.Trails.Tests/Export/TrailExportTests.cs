using Vittne.Trails.Export;
using Vittne.Trails.Tests.Index;

namespace Vittne.Trails.Tests.Export;

public sealed class TrailExportTests : IDisposable
{
    private const string Md5 = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    private const string Lists = $"""
        192.0.2.1
        2001:db8::1
        192.0.2.1:443
        [2001:db8::1]:443
        198.51.100.0/24
        2001:db8:1::/48
        evil.test
        xyz
        seek[0-9]+\.evil\.com
        evil.test/gate.php
        192.0.2.9:8080/a
        /wp-evil/x.php
        evil2.test/
        ua:Evil \(1\.0\)
        ua:evil/[0-9]+
        cert:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb
        ja3:{Md5}
        ja3s:{Md5}
        hassh:{Md5}
        ja4:t13d1516h2_8daaf6152771_b186095e22b6
        file:{Md5}
        file:cccccccccccccccccccccccccccccccccccccccc

        """;

    private readonly ListFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Csv_built_again_gives_the_same_trails()
    {
        using TrailIndex index = _folder.With("malware/evil_bot.txt", Lists).With("custom/mine.txt", "other.test\nsay\".test/a\n").Load();
        using TrailIndex again = Again(index, ExportFormat.Csv, "trails.csv", held: (int)index.Count);

        Assert.Equal(Rows(index, trail => $"{trail.Kind} {trail.Indicator} {trail.Info} {trail.Reference} {trail.Severity}"), Rows(again, trail => $"{trail.Kind} {trail.Indicator} {trail.Info} {trail.Reference} {trail.Severity}"));
    }

    [Theory]
    [InlineData(ExportFormat.Plain, "a.list", 22, "")]
    [InlineData(ExportFormat.Hosts, "hosts", 1, "only Domain")]
    [InlineData(ExportFormat.Rpz, "a.zone", 6, "only Domain Address Network")]
    [InlineData(ExportFormat.Ipset, "a.ipset", 4, "only Address Network")]
    [InlineData(ExportFormat.Stix, "a.json", 18, "not Ja3 Ja3s Hassh Ja4")]
    [InlineData(ExportFormat.Misp, "a.json", 18, "not Ja3s Ja4 DomainPattern")]
    public void Written_and_read_again_the_keys_are_the_same(ExportFormat format, string name, int held, string kinds)
    {
        using TrailIndex index = _folder.With("malware/evil_bot.txt", Lists).Load();
        using TrailIndex again = Again(index, format, name, held);
        string[] words = kinds.Split(' ');

        Assert.Equal(
            Rows(index, Key).Where(row => kinds.Length == 0 || words.Contains(row.Split(' ')[0]) == (words[0] == "only")).Except(["Domain xyz", "UserAgent evil/[0-9]+"]),
            Rows(again, Key).Except(["Domain xyz", "UserAgent evil/[0-9]+"]));
    }

    [Fact]
    public void Suricata_rules_are_written_and_names_and_addresses_read_again()
    {
        using TrailIndex index = _folder.With("malware/evil_bot.txt", "192.0.2.1\n192.0.2.1:443\nevil.test\nevil.test/a;b\n/p\n").Load();
        string text = Text(index, ExportFormat.Suricata, out long written, out _);

        Assert.Equal(5, written);
        Assert.Contains("alert dns any any -> any any (msg:\"evil bot (malware) (static)\"; dns.query; dotprefix; content:\".evil.test\"; nocase; endswith; sid:90000004; rev:1;)\n", text, StringComparison.Ordinal);
        Assert.Contains("http.host; content:\"evil.test\"; bsize:9; http.uri; content:\"/a|3b|b\"; nocase; startswith; ", text, StringComparison.Ordinal);
        using TrailIndex again = Again(index, ExportFormat.Suricata, "a.rules", held: 5);
        Assert.Equal(["Address 192.0.2.1", "Domain evil.test", "Endpoint 192.0.2.1:443"], Rows(again, Key));
    }

    [Fact]
    public void Zeek_file_names_types_and_what_it_cannot_hold_is_counted()
    {
        using TrailIndex index = _folder.With("malware/evil_bot.txt", "192.0.2.1\nevil.test\n/p\n/q\n").Load();
        string text = Text(index, ExportFormat.Zeek, out long written, out IReadOnlyList<(TrailKind Kind, long Count)> notHeld);

        Assert.Equal("#fields\tindicator\tindicator_type\tmeta.source\tmeta.desc\n192.0.2.1\tIntel::ADDR\t(static)\tevil bot (malware)\nevil.test\tIntel::DOMAIN\t(static)\tevil bot (malware)\n", text);
        Assert.Equal((TrailKind.Path, 2L), Assert.Single(notHeld));
        Assert.Equal(2, written);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Same_trails_give_the_same_bytes_whatever_the_order_of_lists(ExportFormat format)
    {
        using TrailIndex one = _folder.With("malware/a.txt", "b.test\na.test\n192.0.2.7\n").Load();
        string first = Text(one, format, out _, out _);
        using TrailIndex two = _folder.With("malware/a.txt", "b.test\na.test\n192.0.2.7\n").Load(new TrailBuildOptions { Workers = 1 });

        Assert.NotEqual("", first);
        Assert.Equal(first, Text(two, format, out _, out _));
    }

    public static TheoryData<ExportFormat> Formats() => new(Enum.GetValues<ExportFormat>());

    private static string Key(Trail trail) => $"{trail.Kind} {trail.Indicator}";

    private static IEnumerable<string> Rows(TrailIndex index, Func<Trail, string> row) => Enumerable.Range(0, (int)index.Count).Select(i => row(index.Get(i))).Order(StringComparer.Ordinal);

    private static string Text(TrailIndex index, ExportFormat format, out long written, out IReadOnlyList<(TrailKind Kind, long Count)> notHeld)
    {
        var output = new StringWriter { NewLine = "\n" };
        (written, notHeld) = TrailExport.Write(index, format, static _ => true, output);
        return output.ToString();
    }

    private static TrailIndex Again(TrailIndex index, ExportFormat format, string name, int held)
    {
        string text = Text(index, format, out long written, out _);
        Assert.Equal(held, written);
        using var folder = new ListFolder();
        TrailIndex again = folder.With(name, text).Load(out TrailBuildReport report);
        Assert.Empty(report.Problems);
        Assert.DoesNotContain(report.Broken, line => line.Fault != Trails.Lists.LineFault.Unsupported);
        return again;
    }
}
