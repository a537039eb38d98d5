using System.Text.Json;

namespace Vittne.Cli.Tests;

public sealed class HuntVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vittne-").FullName;

    private static string Office => Samples.Path("hunt/office.pcap");

    private static string Trails => Samples.Path("trails");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("hunt/office.pcap", "office")]
    [InlineData("hunt/scan.pcap", "scan")]
    [InlineData("dns/lookups.pcap", "lookups")]
    [InlineData("ssh/login.pcap", "login")]
    public async Task Samples_tell_their_threats(string capture, string name)
    {
        (int status, string text, _) = await Run("hunt", "--trails", Trails, Samples.Path(capture));
        Assert.Equal(0, status);
        Golden.Verify(text, $"hunt-{name}.txt");

        (_, string events, _) = await Run("hunt", "--trails", Trails, "--all", "--format", "jsonl", Samples.Path(capture));
        Golden.Verify(events, $"hunt-{name}.jsonl");
    }

    [Fact]
    public async Task Maltrail_lines_hold_the_same_events()
    {
        (_, string lines, _) = await Run("hunt", "--trails", Trails, "--all", "--format", "maltrail", "--utc", "--sensor", "box", Office);

        Golden.Verify(lines, "hunt-office.maltrail");
    }

    [Theory]
    [InlineData("2")]
    [InlineData("4")]
    [InlineData("7")]
    public async Task Output_is_the_same_for_any_number_of_workers(string workers)
    {
        string[] captures = [Office, Samples.Path("hunt/scan.pcap"), Samples.Path("dns/lookups.pcap"), Samples.Path("ssh/login.pcap")];
        (_, string one, _) = await Run(["hunt", "--trails", Trails, "--all", "--format", "jsonl", "--workers", "1", "--", .. captures]);
        (_, string many, _) = await Run(["hunt", "--trails", Trails, "--all", "--format", "jsonl", "--workers", workers, "--", .. captures]);

        Assert.NotEqual("", one);
        Assert.Equal(one, many);
    }

    [Fact]
    public async Task Capture_cut_inside_a_packet_tells_all_before_it_and_where_it_ends()
    {
        byte[] whole = await File.ReadAllBytesAsync(Office, TestContext.Current.CancellationToken);
        string cut = Path.Combine(_folder, "cut.pcap");
        await File.WriteAllBytesAsync(cut, whole[..^5], TestContext.Current.CancellationToken);
        (int status, string text, string error) = await Run("hunt", "--trails", Trails, cut);

        Assert.Equal(0, status);
        Assert.Contains("c2.example.net", text, StringComparison.Ordinal);
        Assert.Contains("cut.pcap: cut at offset", error, StringComparison.Ordinal);
        Assert.Contains("108 packets of 1 capture", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_capture_is_named_and_the_good_one_is_still_hunted()
    {
        string bad = Path.Combine(_folder, "notes.txt");
        await File.WriteAllTextAsync(bad, "no capture at all", TestContext.Current.CancellationToken);
        (int status, string text, string error) = await Run("hunt", "--trails", Trails, "--", bad, Office);

        Assert.Equal(1, status);
        Assert.Contains("c2.example.net", text, StringComparison.Ordinal);
        Assert.Contains("notes.txt: not a capture (starts with 6e 6f 20 63)", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trails_list_ends_at_the_first_capture()
    {
        (int status, string text, _) = await Run("hunt", "--trails", Trails, Office);

        Assert.Equal(0, status);
        Assert.Contains("sample bot (malware)", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_trail_at_all_is_an_error_that_says_how_to_get_some()
    {
        string empty = Path.Combine(_folder, "empty.txt");
        await File.WriteAllTextAsync(empty, "# nothing\n", TestContext.Current.CancellationToken);
        (int status, string text, string error) = await Run("hunt", "--trails", empty, "--", Office);

        Assert.Equal((1, ""), (status, text));
        Assert.Contains("holds no trail; build an index with 'vittne trails build LISTS', or use --heuristics-only", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Heuristics_alone_need_no_trails()
    {
        (int status, string text, _) = await Run("hunt", "--heuristics-only", Samples.Path("hunt/scan.pcap"));

        Assert.Equal(0, status);
        Assert.Contains("potential port scanning", text, StringComparison.Ordinal);
        Assert.DoesNotContain("sample bot", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_sets_the_exit_status_when_asked()
    {
        Assert.Equal(3, (await Run("hunt", "--trails", Trails, "--fail-on-match", Office)).Status);
        Assert.Equal(0, (await Run("hunt", "--trails", Trails, "--fail-on-match", "--from", "2030-01-01", Office)).Status);
    }

    [Fact]
    public async Task Severity_and_type_narrow_what_is_told_and_the_rest_is_counted()
    {
        (_, string high, string error) = await Run("hunt", "--trails", Trails, "--severity", "high", "--only", "dns", "--all", "--format", "jsonl", Office);

        Assert.All(high.Split('\n', StringSplitOptions.RemoveEmptyEntries), static line =>
        {
            using var json = JsonDocument.Parse(line);
            Assert.Equal(("high", "DNS"), (json.RootElement.GetProperty("severity").GetString(), json.RootElement.GetProperty("type").GetString()));
        });
        Assert.Contains("left out by --severity or --only", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whitelisted_name_and_address_are_not_told()
    {
        string whitelist = Path.Combine(_folder, "mine.txt");
        await File.WriteAllTextAsync(whitelist, "example.net\n192.0.2.66\n", TestContext.Current.CancellationToken);
        (int status, string text, _) = await Run("hunt", "--trails", Trails, "--whitelist", whitelist, "--", Office);

        Assert.Equal(0, status);
        Assert.DoesNotContain("example.net", text, StringComparison.Ordinal);
        Assert.DoesNotContain("192.0.2.66", text, StringComparison.Ordinal);
        Assert.Contains("gate.example.org", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--format", "xml", "there is no format 'xml'")]
    [InlineData("--severity", "7", "--severity must be low, medium or high")]
    [InlineData("--only", "SMTP", "there is no event type 'SMTP'")]
    [InlineData("--disable", "gut-feeling", "there is no heuristic 'gut-feeling'")]
    [InlineData("--from", "soon", "--from 'soon' is no time")]
    [InlineData("--workers", "0", "--workers must be 1 to 64")]
    [InlineData("--home-net", "here", "--home-net 'here' is no network")]
    [InlineData("--scan-window", "0", "--scan-window must be 1 to 3600")]
    public async Task Wrong_value_is_a_usage_error_in_one_line(string option, string value, string problem)
    {
        (int status, string text, string error) = await Run("hunt", "--trails", Trails, option, value, "--", Office);

        Assert.Equal((2, ""), (status, text));
        Assert.StartsWith("vittne: " + problem, error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count(static c => c == '\n'));
    }

    [Fact]
    public async Task Time_range_leaves_packets_out_and_counts_them()
    {
        (_, string text, string error) = await Run("hunt", "--trails", Trails, "--to", "2000-01-01", Office);

        Assert.Equal("", text);
        Assert.Contains("109 outside the time range", error, StringComparison.Ordinal);
    }

    private async Task<(int Status, string Output, string Error)> Run(params string[] args)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        int status = await App.RunAsync(args, output, error);
        return (status, Plain(output), Plain(error));
    }

    private string Plain(StringWriter writer) => writer.ToString()
        .Replace(_folder + "/", "", StringComparison.Ordinal)
        .Replace(Samples.Root + "/", "", StringComparison.Ordinal);
}
