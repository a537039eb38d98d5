using Vittne.Engine.Filter.Files;
using Vittne.TestKit;

namespace Vittne.Cli.Tests;

public sealed class FilterSeriesTests : IDisposable
{
    private const long Second = 1_000_000_000;
    private const long Start = 1_700_000_000 * Second;

    private readonly string _folder = Directory.CreateTempSubdirectory("vittne-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Files_of_a_size_have_the_names_of_tcpdump_and_may_exceed_it_by_a_packet()
    {
        string capture = Capture(5, 600_000 / 4);
        (_, string told, _) = await Run("filter", capture, "-C", "256KiB", "-w", At("x"), "--on-rotate");

        Assert.Equal(["x", "x1", "x2"], Files("x*"));
        Assert.Equal(3, told.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.StartsWith("""{"file":"x","packets":2,""", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ring_has_zero_padded_names_and_overwrites_the_oldest()
    {
        string capture = Capture(13, 1_000);
        await Run("filter", capture, "-C", "1KiB", "-W", "11", "-w", At("x"));

        Assert.Equal([.. Enumerable.Range(0, 11).Select(static i => $"x{i:D2}")], Files("x*"));
        await Run("filter", capture, "-C", "1KiB", "-W", "3", "-w", At("y"));
        Assert.Equal(["y0", "y1", "y2"], Files("y*"));
        Assert.Equal(1_040, new FileInfo(At("y0")).Length);
    }

    [Fact]
    public async Task Slices_of_time_follow_the_time_of_the_packets()
    {
        string capture = Capture(5, 10);
        await Run("filter", capture, "-G", "2", "-w", At("t-%s.pcap"));
        Assert.Equal(["t-1700000000.pcap", "t-1700000002.pcap", "t-1700000004.pcap"], Files("t-*"));

        await Run("filter", capture, "-G", "2", "-W", "2", "-w", At("u-%s.pcap"));
        Assert.Equal(["u-1700000000.pcap", "u-1700000002.pcap"], Files("u-*"));
    }

    [Fact]
    public async Task Splits_have_the_names_of_editcap()
    {
        string capture = Capture(5, 10);
        await Run("filter", capture, "--split-by", "count=2", "-w", At("n.pcap"));

        Assert.Equal([Name("n", 0, 0), Name("n", 1, 2), Name("n", 2, 4)], Files("n_*"));
        await Run("filter", capture, "--split-by", "time=3", "-w", At("i.pcap.gz"));
        Assert.Equal([Name("i", 0, 0) + ".gz", Name("i", 1, 3) + ".gz"], Files("i_*"));
    }

    [Fact]
    public async Task Flows_and_pairs_of_hosts_get_a_file_each()
    {
        byte[] query = Frames.Ethernet(Frames.Ipv4(17, Frames.Udp(40_000, 53, [1])));
        byte[] answer = Frames.Ethernet(Frames.Ipv4(17, Frames.Udp(53, 40_000, [2]), isReply: true));
        byte[] other = Frames.Ethernet(Frames.Ipv4(6, Frames.Tcp(40_000, 80, [3])));
        byte[] arp = Frames.Ethernet(new byte[28], 0x0806);
        string capture = At("a.pcap");
        File.WriteAllBytes(capture, new PcapBuilder().Add(Start, query).Add(Start, other).Add(Start, answer).Add(Start, arp).ToArray());

        await Run("filter", capture, "--split-by", "flow", "-w", At("f.pcap"));
        Assert.Equal(["f_00000_192.0.2.1_40000_198.51.100.1_53_17.pcap", "f_00001_192.0.2.1_40000_198.51.100.1_80_6.pcap", "f_00002_other.pcap"], Files("f_*"));
        Assert.Equal(24 + (2 * (16 + query.Length)), new FileInfo(At("f_00000_192.0.2.1_40000_198.51.100.1_53_17.pcap")).Length);

        await Run("filter", capture, "--split-by", "host", "-w", At("h.pcap"));
        Assert.Equal(["h_00000_192.0.2.1_198.51.100.1.pcap", "h_00001_other.pcap"], Files("h_*"));
    }

    private static string Name(string prefix, int number, int second) =>
        $"{prefix}_{number:D5}_{TimePattern.Local((Start / Second) + second):yyyyMMddHHmmss}.pcap";

    private string Capture(int count, int length)
    {
        var file = new PcapBuilder();
        for (int i = 0; i < count; i++)
        {
            file.Add(Start + (i * Second), new byte[length]);
        }

        File.WriteAllBytes(At("in.pcap"), file.ToArray());
        return At("in.pcap");
    }

    private List<string> Files(string pattern) => [.. Directory.GetFiles(_folder, pattern).Select(static path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    private string At(string name) => Path.Combine(_folder, name);

    private async Task<(int Status, string Output, string Error)> Run(params string[] args)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        int status = await App.RunAsync(args, output, error);
        return (status, output.ToString().Replace(_folder + "/", "", StringComparison.Ordinal), error.ToString());
    }
}
