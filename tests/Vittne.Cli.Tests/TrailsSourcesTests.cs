using System.Text.Json;
using Vittne.TestKit;

namespace Vittne.Cli.Tests;

[Collection(DataFolderCollection.Name)]
public sealed class TrailsSourcesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vittne-").FullName;
    private readonly string? _home = Environment.GetEnvironmentVariable("XDG_DATA_HOME");
    private readonly WebServer _server = new();

    public TrailsSourcesTests() => Environment.SetEnvironmentVariable("XDG_DATA_HOME", _folder);

    private static string Office => Samples.Path("hunt/office.pcap");

    private static string Lists => Samples.Path("trails");

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("XDG_DATA_HOME", _home);
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Update_fetches_feeds_builds_the_index_and_info_tells_their_age()
    {
        _server.Page("/a", "# list\nevil.test\n192.0.2.66\n");
        (int status, string output, string error) = await Update("a,b");

        Assert.Equal(0, status);
        Assert.Matches("a                             2         \\+2 +[0-9]+ s new\n", output);
        Assert.Contains("b                             0          0        - failed\n", output, StringComparison.Ordinal);
        Assert.Equal("vittne: feed b was answered with status 404; nothing of it is kept\n", error);
        Assert.Contains("  trails        2\n", output, StringComparison.Ordinal);

        (_, string info, _) = await Run("trails", "info");
        Assert.Contains("  feed          a: 2 entries, ", info, StringComparison.Ordinal);
        Assert.Equal(3, (await Run("trails", "check", "evil.test")).Status);
        Assert.Equal(0, (await Run("hunt", Office)).Status);
    }

    [Fact]
    public async Task Update_that_brings_nothing_leaves_the_index_alone()
    {
        _server.Page("/a", "evil.test\n");
        await Update("a");
        byte[] before = await File.ReadAllBytesAsync(Path("vittne/trails.index"), TestContext.Current.CancellationToken);
        _server.Page("/a", "", "500 Broken");
        (int status, string output, string error) = await Update("a,b");

        Assert.Equal(1, status);
        Assert.Contains("a                             1          0 ", output, StringComparison.Ordinal);
        Assert.Contains("vittne: feed a was answered with status 500; its last good data are kept\n", error, StringComparison.Ordinal);
        Assert.EndsWith("vittne: no feed could be fetched; the index stays as it was\n", error, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(Path("vittne/trails.index"), TestContext.Current.CancellationToken));

        (_, string info, _) = await Run("trails", "info", "--format", "json");
        using var json = JsonDocument.Parse(info);
        Assert.Equal("was answered with status 500", json.RootElement.GetProperty("feeds")[0].GetProperty("problem").GetString());
    }

    [Fact]
    public async Task Feeds_are_told_with_licence_and_unknown_names_are_refused()
    {
        (int status, string output, _) = await Run("trails", "update", "--list", "--only", "urlhaus,myip");

        Assert.Equal((0, "myip                 off ?                    https://myip.ms/files/blacklist/htaccess/latest_blacklist.txt\nurlhaus              on  CC0                  https://urlhaus.abuse.ch/downloads/text/\n"), (status, output));
        Assert.Equal((2, "", "vittne: there is no feed 'nobody'; vittne trails update --list tells them\n"), await Run("trails", "update", "--without", "nobody"));
    }

    [Fact]
    public async Task Allowed_indicator_is_muted_and_counted_and_check_tells_why()
    {
        (_, string before, _) = await Run("hunt", "--trails", Lists, "--all", "--format", "jsonl", "--", Office);
        (int status, string output, _) = await Run("trails", "allow", "hxxp://c2[.]example[.]net", "c2.example.net", "--reason", "our own test", "--until", "2999-01-01");

        Assert.Equal(0, status);
        Assert.Contains("allowed c2.example.net until 2999-01-01: our own test\n", output, StringComparison.Ordinal);

        (_, string after, string error) = await Run("hunt", "--trails", Lists, "--all", "--format", "jsonl", "--", Office);
        Assert.Contains("c2.example.net", before, StringComparison.Ordinal);
        Assert.DoesNotContain("\"indicator\":\"c2.example.net\"", after, StringComparison.Ordinal);
        Assert.Matches("vittne: [0-9]+ events? muted by vittne trails allow\n", error);
        Assert.Contains("  allowed       c2.example.net until 2999-01-01: our own test\n", (await Run("trails", "check", "c2.example.net", "--trails", Lists)).Output, StringComparison.Ordinal);

        (_, string whole, _) = await Run("hunt", "--trails", Lists, "--whitelist", "none", "--all", "--format", "jsonl", "--", Office);
        Assert.Contains("\"indicator\":\"c2.example.net\"", whole, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Allow_list_is_told_and_entries_are_taken_away()
    {
        await Run("trails", "allow", "b.test", "--reason", "x");
        await Run("trails", "allow", "a.test", "--host", "192.0.2.0/24", "--reason", "y");

        Assert.Equal("a.test for 192.0.2.0/24: y\nb.test: x\n", (await Run("trails", "allow", "--list")).Output);
        Assert.Equal((0, "no longer allowed a.test\n", ""), await Run("trails", "allow", "--remove", "a.test"));
        Assert.Equal((1, "", "vittne: c.test is not allowed\n"), await Run("trails", "allow", "--remove", "c.test"));
        Assert.Equal("[{\"indicator\":\"b.test\",\"reason\":\"x\"}]\n", (await Run("trails", "allow", "--list", "--format", "json")).Output);
    }

    [Theory]
    [InlineData("vittne: say with --reason why it is allowed; whoever reads the list later will want to know\n", "a.test")]
    [InlineData("vittne: name an indicator to allow, or use --list\n", "--reason", "x")]
    [InlineData("vittne: --until 2001-01-01 has passed already\n", "a.test", "--reason", "x", "--until", "2001-01-01")]
    [InlineData("vittne: --host 'here' is no network; write 198.51.100.0/24\n", "a.test", "--reason", "x", "--host", "here")]
    [InlineData("vittne: 'two words' is no indicator that can be allowed\n", "two words", "--reason", "x")]
    public async Task Allowing_needs_an_indicator_a_reason_and_sound_values(string problem, params string[] args) =>
        Assert.Equal((2, "", problem), await Run(["trails", "allow", .. args]));

    [Fact]
    public async Task Entry_that_has_ended_is_told_once_and_no_longer_applies()
    {
        Directory.CreateDirectory(Path("vittne"));
        await File.WriteAllTextAsync(Path("vittne/allow.json"), "[{\"indicator\":\"c2.example.net\",\"until\":\"2020-01-01\",\"reason\":\"x\"}]", TestContext.Current.CancellationToken);
        (_, string output, string error) = await Run("hunt", "--trails", Lists, "--", Office);

        Assert.Contains("c2.example.net", output, StringComparison.Ordinal);
        Assert.Contains("vittne: c2.example.net was allowed until 2020-01-01 and is told again; vittne trails allow --remove c2.example.net takes the entry away\n", error, StringComparison.Ordinal);
        Assert.Equal("c2.example.net until 2020-01-01: x (ended)\n", (await Run("trails", "allow", "--list")).Output);
    }

    [Fact]
    public async Task Rules_of_the_trails_and_the_pattern_mute_events()
    {
        await File.WriteAllTextAsync(Path("ignore_events.txt"), "trail=*c2.example.net\ntrail=gate.example.org;until=2020-01-01\n", TestContext.Current.CancellationToken);
        (_, string output, string error) = await Run("hunt", "--trails", Lists, Path("ignore_events.txt"), "--ignore-regex", "GATE\\.example", "--all", "--", Office);

        Assert.DoesNotContain("gate.example.org", output, StringComparison.Ordinal);
        Assert.Matches("vittne: [0-9]+ events? muted by rules for events to ignore\n", error);
        Assert.Matches("vittne: [0-9]+ events? muted by --ignore-regex\n", error);
        Assert.Contains("vittne: the rule for events to ignore 'trail=gate.example.org;until=2020-01-01' has ended and no longer applies\n", error, StringComparison.Ordinal);
        Assert.Equal(2, (await Run("hunt", "--trails", Lists, "--ignore-regex", "(", "--", Office)).Status);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("csv")]
    [InlineData("hosts")]
    [InlineData("rpz")]
    [InlineData("stix")]
    [InlineData("misp")]
    [InlineData("suricata")]
    [InlineData("zeek")]
    [InlineData("ipset")]
    public async Task Export_writes_each_format(string format)
    {
        (int status, string output, string error) = await Run("trails", "export", "--trails", Lists, "--format", format);

        Assert.Equal(0, status);
        Golden.Verify(output + error, $"trails-export.{format}");
    }

    [Fact]
    public async Task Export_takes_kinds_severity_and_a_file()
    {
        (int status, string output, _) = await Run("trails", "export", "--trails", Lists, "--kind", "address,network", "--severity", "high", "-o", Path("out.txt"));
        string[] lines = await File.ReadAllLinesAsync(Path("out.txt"), TestContext.Current.CancellationToken);

        Assert.Equal((0, ""), (status, output));
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Matches("^[0-9a-f.:/]+$", line));
        Assert.Equal(2, (await Run("trails", "export", "--trails", Lists, "--kind", "colour")).Status);
    }

    private async Task<(int Status, string Output, string Error)> Update(string only)
    {
        string feeds = $"[[feed]]\nname = \"a\"\nurl = \"{_server.Url("/a")}\"\n\n[[feed]]\nname = \"b\"\nurl = \"{_server.Url("/b")}\"\n";
        await File.WriteAllTextAsync(Path("feeds.toml"), feeds, TestContext.Current.CancellationToken);
        return await Run("trails", "update", "--feeds", Path("feeds.toml"), "--only", only, "--proxy", "none", "--timeout", "5");
    }

    private static async Task<(int Status, string Output, string Error)> Run(params string[] args)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        int status = await App.RunAsync(args, output, error);
        return (status, output.ToString(), error.ToString());
    }

    private string Path(string name) => System.IO.Path.Combine(_folder, name);
}
