using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Vittne.TestKit;

namespace Vittne.Cli.Tests;

public sealed partial class HuntOutputTests : IDisposable
{
    private const long Second = 1_000_000_000;
    private const long Start = 1_700_000_000 * Second;

    private readonly string _folder = Directory.CreateTempSubdirectory("vittne-").FullName;

    private static string Office => Samples.Path("hunt/office.pcap");

    private static string Trails => Samples.Path("trails");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("csv")]
    [InlineData("cef")]
    [InlineData("eve")]
    [InlineData("logstash")]
    public async Task Forms_tell_the_sample(string form)
    {
        (int status, string text, _) = await Run("hunt", "--trails", Trails, "--format", form, "--utc", "--sensor", "box", Office);

        Assert.Equal(0, status);
        Golden.Verify(VersionAndDate().Replace(text, "|VERSION|DATE|"), $"hunt-office.{form}");
    }

    [Fact]
    public async Task Flood_of_one_trail_is_condensed_without_losing_an_event()
    {
        string capture = Injections(static _ => 7);
        (_, string all, _) = await Run("hunt", "--heuristics-only", "--all", "--format", "jsonl", capture);
        (_, string condensed, string error) = await Run("hunt", "--heuristics-only", "--throttle", "burst=3,window=60", "--format", "jsonl", capture);

        Assert.Equal(100, Counts(all).Count);
        Assert.Equal([1, 1, 1, 97], Counts(condensed));
        Assert.Contains("97 events were condensed into 1 by --throttle", error, StringComparison.Ordinal);
        Assert.Contains(" 100 events,", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flood_of_requests_that_differ_is_told_whole()
    {
        string capture = Injections(static i => i);
        (_, string all, _) = await Run("hunt", "--heuristics-only", "--throttle", "off", "--format", "jsonl", capture);
        (_, string condensed, _) = await Run("hunt", "--heuristics-only", "--throttle", "burst=3,window=60", "--format", "jsonl", capture);

        Assert.Equal(100, Counts(all).Sum());
        Assert.Equal(100, Counts(condensed).Sum());
    }

    [Theory]
    [InlineData("2")]
    [InlineData("4")]
    public async Task Condensed_output_is_the_same_for_any_number_of_workers(string workers)
    {
        string[] args = ["hunt", "--trails", Trails, "--throttle", "burst=2,window=1", "--format", "csv", "--workers"];
        (_, string one, _) = await Run([.. args, "1", Office, Samples.Path("hunt/scan.pcap")]);
        (_, string many, _) = await Run([.. args, workers, Office, Samples.Path("hunt/scan.pcap")]);

        Assert.NotEqual("", one);
        Assert.Equal(one, many);
    }

    [Fact]
    public async Task Daily_log_holds_condensed_lines_and_standard_output_every_event()
    {
        string capture = Injections(static _ => 7);
        (int status, string events, _) = await Run("hunt", "--heuristics-only", "--format", "jsonl", "--utc", "--log-dir", Path("logs"), capture);

        Assert.Equal(0, status);
        Assert.Equal(100, Counts(events).Count);
        string[] lines = File.ReadAllLines(Path("logs/2023-11-14.log"));
        Assert.Equal(4, lines.Length);
        Assert.Contains(" 20003,20004,20005,", lines[3], StringComparison.Ordinal);
        Assert.False(File.Exists(Path("logs/error.log")));
    }

    [Fact]
    public async Task Log_that_cannot_be_written_costs_the_status_and_nothing_else()
    {
        File.WriteAllText(Path("logs"), "in the way");
        (int status, string text, string error) = await Run("hunt", "--trails", Trails, "--log-dir", Path("logs"), Office);

        Assert.Equal(1, status);
        Assert.Contains("c2.example.net", text, StringComparison.Ordinal);
        Assert.Contains("vittne: 9 of 9 log lines were not written to logs: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Targets_get_the_events_and_one_that_is_not_there_costs_only_its_own()
    {
        using var listener = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        using var closed = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        string target = $"127.0.0.1:{((IPEndPoint)listener.Client.LocalEndPoint!).Port}";
        string nobody = $"tcp://127.0.0.1:{((IPEndPoint)closed.LocalEndPoint!).Port}";
        (int status, _, string error) = await Run(
            "hunt", "--trails", Trails, "--only", "IP", "--utc", "--sensor", "box", "--syslog", $"{nobody},{target}", "--logstash", target, "--log-server", target, Office);

        var messages = new List<string>();
        for (int i = 0; i < 3; i++)
        {
            messages.Add(Encoding.UTF8.GetString((await listener.ReceiveAsync(TestContext.Current.CancellationToken)).Buffer));
        }

        messages.Sort(StringComparer.Ordinal);
        Assert.Matches("^1[0-9]{9} \"2026-.* box 192.0.2.10 .* IP 192.0.2.66 \"sample bot \\(malware\\)\" \\(static\\)\n$", messages[0]);
        Assert.Matches(@"^Nov 25 .* box CEF:0\|Vittne\|sensor\|.*\|sample bot \(malware\)\|9\|src=192.0.2.10 ", messages[1]);
        Assert.StartsWith("{\"timestamp\":", messages[2], StringComparison.Ordinal);
        Assert.Equal(1, status);
        Assert.Contains($"vittne: 1 of 1 messages did not reach syslog {nobody}: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Own_rules_decide_every_severity()
    {
        File.WriteAllText(Path("rules.txt"), "# mine\nlow info sample bot\nhigh reference heuristic\n");
        (_, string events, _) = await Run("hunt", "--trails", Trails, "--all", "--format", "csv", "--severity-rules", Path("rules.txt"), Office);
        (_, string high, string error) = await Run("hunt", "--trails", Trails, "--severity", "high", "--severity-rules", Path("rules.txt"), Office);

        Assert.Contains(",sample bot (malware),(static),low,", events, StringComparison.Ordinal);
        Assert.Contains(",sample downloads (suspicious),(static),medium,", events, StringComparison.Ordinal);
        Assert.StartsWith("high        1x 192.0.2.10 -> 192.0.2.80:80  URL updates.example.org(/updates/setup.bin)", high, StringComparison.Ordinal);
        Assert.Contains("1 threat (1 high, 0 medium, 0 low)", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_of_Maltrail_are_taken_and_the_others_named()
    {
        Directory.CreateDirectory(Path("custom"));
        File.WriteAllText(Path("custom/mine.txt"), "192.0.2.53\n");
        File.WriteAllText(Path("maltrail.conf"), """
            # [Server]
            HTTP_PORT 8338
            USERS
                admin:hash:0:      # changeme!
            PROCESS_COUNT $CPU_CORES
            CAPTURE_FILTER udp or icmp
            CUSTOM_TRAILS_DIR ./custom
            SENSOR_NAME gate        # the name
            LOG_DIR ./logs
            USE_HEURISTICS false
            DISABLED_HEURISTICS port_scanning, nonsense
            DISABLED_TRAILS_INFO_REGEX sample downloads|nothing
            CHECK_HOST_DOMAINS true
            REMOTE_SEVERITY_REGEX (?P<high>custom)|(?P<low>malware(?! site))
            """);
        (int status, string text, string error) = await Run("hunt", "--trails", Trails, "--maltrail-conf", Path("maltrail.conf"), "--utc", "--", Office);

        Assert.Equal(0, status);
        Assert.DoesNotContain("heuristic", text, StringComparison.Ordinal);
        Assert.DoesNotContain("sample downloads", text, StringComparison.Ordinal);
        Assert.Matches("(?m)^high .* IP 192.0.2.53 .*mine  \\(custom\\)", text);
        Assert.Matches("(?m)^low .* sample bot \\(malware\\)", text);
        Assert.Contains("maltrail.conf: not used here: HTTP_PORT, USERS, PROCESS_COUNT, CAPTURE_FILTER\n", error, StringComparison.Ordinal);
        Assert.Contains("maltrail.conf: DISABLED_HEURISTICS nonsense is no heuristic here\n", error, StringComparison.Ordinal);
        Assert.Contains("left out by DISABLED_TRAILS_INFO_REGEX", error, StringComparison.Ordinal);
        Assert.Contains("\" gate 192.0.2.10 ", File.ReadAllText(Path("logs/2026-11-25.log")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lists_of_Maltrail_mute_what_they_hold()
    {
        File.WriteAllText(Path("ignore.txt"), "# mine\n*;*;192.0.2.66;*   # the gate\n");
        File.WriteAllText(Path("white.txt"), "example.net\n");
        File.WriteAllText(Path("maltrail.conf"), "USER_IGNORELIST ignore.txt\nUSER_WHITELIST white.txt\nIGNORE_EVENTS_REGEX login\\.example\n");
        (int status, string text, string error) = await Run("hunt", "--trails", Trails, "--maltrail-conf", Path("maltrail.conf"), "--", Office);

        Assert.Equal(0, status);
        Assert.DoesNotContain("192.0.2.66", text, StringComparison.Ordinal);
        Assert.DoesNotContain("example.net", text, StringComparison.Ordinal);
        Assert.DoesNotContain("login.example", text, StringComparison.Ordinal);
        Assert.Contains("gate.example.org", text, StringComparison.Ordinal);
        Assert.Contains("1 event muted by rules for events to ignore", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_come_before_settings()
    {
        File.WriteAllText(Path("maltrail.conf"), "SENSOR_NAME gate\nSCAN_WINDOW 9999\n");
        (int status, string text, _) = await Run(
            "hunt", "--trails", Trails, "--maltrail-conf", Path("maltrail.conf"), "--sensor", "mine", "--scan-window", "30", "--format", "maltrail", Office);

        Assert.Equal(0, status);
        Assert.Contains("\" mine 192.0.2.10 ", text, StringComparison.Ordinal);
        Assert.Equal(2, (await Run("hunt", "--trails", Trails, "--maltrail-conf", Path("maltrail.conf"), Office)).Status);
    }

    [Fact]
    public async Task File_behind_an_option_of_other_tools_is_read_with_a_hint()
    {
        (int status, string text, string error) = await Run("hunt", "--trails", Trails, "--console", "-i", Office);

        Assert.Equal(0, status);
        Assert.Contains("c2.example.net", text, StringComparison.Ordinal);
        Assert.Contains("vittne: captures need no option here: vittne hunt ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--syslog", "nowhere", "--syslog 'nowhere' is no target")]
    [InlineData("--logstash", "tcp://h:1", "--logstash 'tcp://h:1' must be udp://")]
    [InlineData("--log-server", "h:0", "--log-server 'h:0' is no target")]
    [InlineData("--tls-ca", "no.pem", "--tls-ca no.pem cannot be read")]
    [InlineData("--throttle", "burst=0", "--throttle 'burst=0' is not understood")]
    [InlineData("--throttle", "often", "--throttle 'often' is not understood")]
    [InlineData("--severity-rules", "no.rules", "--severity-rules no.rules cannot be read")]
    [InlineData("--maltrail-conf", "no.conf", "--maltrail-conf no.conf cannot be read")]
    public async Task Wrong_value_is_a_usage_error_in_one_line(string option, string value, string problem)
    {
        (int status, string text, string error) = await Run("hunt", "--trails", Trails, option, value, "--", Office);

        Assert.Equal((2, ""), (status, text));
        Assert.StartsWith("vittne: " + problem, error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count(static c => c == '\n'));
    }

    [Fact]
    public async Task All_and_a_throttle_contradict_each_other() =>
        Assert.Equal(2, (await Run("hunt", "--trails", Trails, "--all", "--throttle", "burst=3", Office)).Status);

    [GeneratedRegex(@"\|[0-9.]+\|(\d{4}-\d\d-\d\d|-)\|")]
    private static partial Regex VersionAndDate();

    private static List<int> Counts(string lines)
    {
        var counts = new List<int>();
        foreach (string line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var json = JsonDocument.Parse(line);
            counts.Add(json.RootElement.TryGetProperty("count", out JsonElement count) ? count.GetInt32() : 1);
        }

        return counts;
    }

    // B36: a hundred injections from one source, 10 ms apart, each in a connection of its own.
    private string Injections(Func<int, int> column)
    {
        var capture = new PcapBuilder();
        for (int i = 0; i < 100; i++)
        {
            string request = string.Create(CultureInfo.InvariantCulture, $"GET /?id=1'+UNION+SELECT+{column(i)} HTTP/1.1\r\nHost: shop.example.com\r\n\r\n");
            byte[] segment = Frames.Tcp((ushort)(20_000 + i), 80, Encoding.ASCII.GetBytes(request));
            capture.Add(Start + (i * Second / 100), Frames.Ethernet(Frames.Ipv4(6, segment)));
        }

        File.WriteAllBytes(Path("injections.pcap"), capture.ToArray());
        return Path("injections.pcap");
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

    private string Path(string name) => System.IO.Path.Combine(_folder, name);
}
