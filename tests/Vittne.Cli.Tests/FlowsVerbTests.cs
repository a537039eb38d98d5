using Vittne.TestKit;

namespace Vittne.Cli.Tests;

public sealed class FlowsVerbTests : IDisposable
{
    private const long Start = 1_700_000_000_123_456_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("vittne-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("office.jsonl", "hunt/office.pcap", "--format", "jsonl", "--fields", "stime,dur,proto,saddr,sport,dir,daddr,dport,spkts,dpkts,sbytes,dbytes,sappbytes,dappbytes,state,conn_state,history,service")]
    [InlineData("scan.csv", "hunt/scan.pcap", "--format", "csv")]
    [InlineData("lookups.zeek", "dns/lookups.pcap", "--format", "zeek", "--timeouts", "zeek")]
    [InlineData("login.table", "ssh/login.pcap", "--format", "table")]
    public async Task Flows_of_samples(string name, string capture, params string[] options)
    {
        (int status, string text, _) = await Run(["flows", "-q", Samples.Path(capture), .. options]);

        Assert.Equal(0, status);
        Golden.Verify(text, $"flows-{name}");
    }

    [Theory]
    [InlineData("2")]
    [InlineData("4")]
    public async Task Any_number_of_workers_writes_the_same(string workers)
    {
        string capture = Samples.Path("hunt/office.pcap");
        (_, string one, _) = await Run("flows", "-q", "--format", "jsonl", capture);
        (_, string several, _) = await Run("flows", "-q", "--format", "jsonl", "--workers", workers, capture);

        Assert.Equal(one, several);
    }

    [Fact]
    public async Task A_cut_capture_is_told_and_fails_only_when_strict()
    {
        byte[] file = new PcapBuilder().Add(Start, Udp()).Add(Start + 1, Udp()).ToArray();
        string path = Save("cut.pcap", file[..^10]);

        (int status, string text, string error) = await Run("flows", "--format", "jsonl", path);
        Assert.Equal(0, status);
        Assert.Contains("\"spkts\":1", text, StringComparison.Ordinal);
        Assert.Contains("cut.pcap", error, StringComparison.Ordinal);

        (status, _, _) = await Run("flows", "--strict", path);
        Assert.Equal(1, status);
    }

    [Fact]
    public async Task A_link_type_that_is_not_known_fails()
    {
        (int status, _, string error) = await Run("flows", "--format", "jsonl", Save("odd.pcap", new PcapBuilder(linkType: 299).Add(Start, Udp()).ToArray()));

        Assert.Equal(1, status);
        Assert.Contains("link type 299", error, StringComparison.Ordinal);
        Assert.Contains("0 flows", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_with_commas_and_colons_is_a_name()
    {
        (int status, string text, _) = await Run("flows", "-q", "--format", "jsonl", Save("a, b: c.pcap", new PcapBuilder().Add(Start, Udp()).ToArray()));

        Assert.Equal(0, status);
        Assert.Single(text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_filter_and_a_time_range_choose_packets()
    {
        string path = Save("two.pcap", new PcapBuilder().Add(Start, Udp()).Add(Start + 2_000_000_000, Frames.Ethernet(Frames.Ipv4(1, Frames.Icmp(8, 0, [1])))).ToArray());

        (_, string text, _) = await Run("flows", "-q", "--format", "csv", "--fields", "proto", "-f", "icmp", path);
        Assert.Equal("proto\nicmp\n", text.ReplaceLineEndings("\n"));
        (_, text, _) = await Run("flows", "-q", "--format", "csv", "--fields", "proto", "--to", "1700000001", path);
        Assert.Equal("proto\nudp\n", text.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Records_of_intervals_aggregate_to_the_whole()
    {
        string capture = Samples.Path("ssh/login.pcap");
        string[] columns = ["--format", "csv", "--fields", "proto,saddr,daddr,sport,dport,spkts,dpkts,sbytes,dbytes,sappbytes,dappbytes,stime,ltime"];
        (_, string whole, _) = await Run(["flows", "-q", capture, "--aggregate", .. columns]);
        (_, string parts, _) = await Run(["flows", "-q", capture, "--interval", "0.05", "--aggregate", .. columns]);

        Assert.Equal(whole, parts);
    }

    [Theory]
    [InlineData("--idle", "soon")]
    [InlineData("--timeouts", "cisco")]
    [InlineData("--key", "mac")]
    [InlineData("--checksums", "maybe")]
    [InlineData("--max-seek", "big")]
    [InlineData("--workers", "0")]
    [InlineData("--max-flows", "10")]
    [InlineData("--format", "excel")]
    [InlineData("--fields", "colour")]
    [InlineData("--where", "proto = (")]
    public async Task What_is_not_understood_is_told_in_one_line(string option, string value)
    {
        (int status, string text, string error) = await Run("flows", Samples.Path("ssh/login.pcap"), option, value);

        Assert.Equal(2, status);
        Assert.Empty(text);
        Assert.StartsWith("vittne: ", error, StringComparison.Ordinal);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static byte[] Udp() => Frames.Ethernet(Frames.Ipv4(17, Frames.Udp(50_000, 9, [1, 2, 3])));

    private string Save(string name, byte[] content)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    private static async Task<(int Status, string Output, string Error)> Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int status = await App.RunAsync(args, output, error);
        return (status, output.ToString(), error.ToString());
    }
}
