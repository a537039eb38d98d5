using System.Globalization;
using System.Text.RegularExpressions;
using Vittne.TestKit;

namespace Vittne.Cli.Tests;

public sealed partial class HuntLiveTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static string Trails => Samples.Path("trails");

    [Theory]
    [InlineData("hunt/office.pcap", "1")]
    [InlineData("hunt/scan.pcap", "1")]
    [InlineData("dns/lookups.pcap", "3")]
    public async Task Replayed_capture_tells_the_same_events_as_its_file(string capture, string workers)
    {
        string path = Samples.Path(capture);
        (_, string expected, _) = await Run("hunt", "--trails", Trails, "--all", "--format", "jsonl", path);
        (int status, string told, string error) = Hunt(path, "--format", "jsonl", "--workers", workers);

        Assert.Equal(0, status);
        Assert.NotEqual("", told);
        Assert.Equal(WithoutTimeAndPlace().Replace(expected, ""), WithoutTimeAndPlace().Replace(told, ""));
        Assert.Contains("\"capture\":\"vb\"", told, StringComparison.Ordinal);
        Assert.Contains(" 0 dropped by kernel", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_is_a_line_an_event_and_the_counters_close_it()
    {
        (int status, string told, string error) = Hunt(Samples.Path("hunt/office.pcap"), "--fail-on-match");

        Assert.Equal(3, status);
        Assert.Contains(", packet ", told, StringComparison.Ordinal);
        Assert.Matches(@"vittne: listening on vb, ring of 2 MiB; Ctrl-C ends\nvittne: (\d+) captured, ", error);
        Assert.Contains(" packets of 1 capture", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("one interface at a time; '-i any' reads all of them", "-i", "eth0", "-i", "lo")]
    [InlineData("--duration goes with -i IFACE only", "--duration", "5", "no.pcap")]
    [InlineData("--ring '5T' is no size from 1M to 16G", "-i", "lo", "--ring", "5T")]
    [InlineData("--duration must be a number of seconds above 0", "-i", "lo", "--duration", "-1")]
    [InlineData("--count must be 1 or more", "-i", "lo", "-c", "0")]
    public async Task Wrong_live_options_are_usage_errors_in_one_line(string problem, params string[] args)
    {
        (int status, string text, string error) = await Run(["hunt", "--heuristics-only", .. args]);

        Assert.Equal((2, "", $"vittne: {problem}\n"), (status, text, error));
    }

    [Fact]
    public async Task Capture_named_like_an_interface_is_read_with_a_hint()
    {
        string path = Samples.Path("hunt/scan.pcap");
        (int status, string text, string error) = await Run("hunt", "--heuristics-only", "-i", path);

        Assert.Equal(0, status);
        Assert.NotEqual("", text);
        Assert.StartsWith($"vittne: captures need no option here: vittne hunt {path}\n", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", 1L)]
    [InlineData("3k", 3L << 10)]
    [InlineData("64M", 64L << 20)]
    [InlineData("2G", 2L << 30)]
    [InlineData("", null)]
    [InlineData("M", null)]
    [InlineData("-1M", null)]
    [InlineData("9223372036854775807G", null)]
    public void Sizes_have_powers_of_1024(string text, long? length) =>
        Assert.Equal(length, Verbs.LiveRequest.TryParseSize(text, out long value) ? value : null);

    private static (int Status, string Output, string Error) Hunt(string path, params string[] options)
    {
        int status = -1;
        var output = new StringWriter { NewLine = "\n" };
        using var error = new AwaitedText("listening on");
        string? obstacle = NetworkNamespace.Run(() =>
        {
            using var sender = new PacketSender(NetworkNamespace.Sending);
            int packets = PacketSender.Count(path);
            Task replay = Task.Run(() => error.Wait(Patience) ? sender.Replay(path) : 0);
            string[] args =
            [
                "hunt", "--trails", Trails, "-i", NetworkNamespace.Receiving, "-c", packets.ToString(CultureInfo.InvariantCulture),
                "--duration", Patience.TotalSeconds.ToString(CultureInfo.InvariantCulture), "--ring", "2M", .. options,
            ];
            status = App.RunAsync(args, output, error).GetAwaiter().GetResult();
            replay.GetAwaiter().GetResult();
        });
        Assert.SkipWhen(obstacle is not null, obstacle ?? "");
        return (status, output.ToString(), error.ToString());
    }

    private static async Task<(int Status, string Output, string Error)> Run(params string[] args)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        int status = await App.RunAsync(args, output, error);
        return (status, output.ToString(), error.ToString());
    }

    [GeneratedRegex("\"(ts|capture)\":\"[^\"]*\",")]
    private static partial Regex WithoutTimeAndPlace();
}
