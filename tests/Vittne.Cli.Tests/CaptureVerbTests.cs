using System.Globalization;
using System.Runtime.InteropServices;
using Vittne.Capture;
using Vittne.Capture.Pcapng;
using Vittne.TestKit;

namespace Vittne.Cli.Tests;

public sealed class CaptureVerbTests : IDisposable
{
    private const int SignalUser1 = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("vittne-").FullName;

    private static string Lookups => Samples.Path("dns/lookups.pcap");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Packets_of_an_interface_are_recorded_byte_for_byte()
    {
        List<byte[]> sent = Packets(Lookups);
        (int status, string error) = Capture(sent, "-c", $"{sent.Count}", "-w", At("a.pcap"));

        Assert.Equal(0, status);
        Assert.Equal(sent, Packets(At("a.pcap")));
        Assert.Contains($"{sent.Count} captured", error, StringComparison.Ordinal);
        Assert.Contains(" 0 dropped by kernel", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Packets_that_do_not_match_are_not_recorded()
    {
        byte[] wanted = Frames.Ethernet(Frames.Ipv4(17, Frames.Udp(1_000, 53, [1])));
        byte[] other = Frames.Ethernet(Frames.Ipv4(17, Frames.Udp(1_000, 54, [2])));
        (int status, string error) = Capture([other, wanted, other, wanted], "-c", "2", "-w", At("a.pcap"), "udp", "port", "53");

        Assert.Equal(0, status);
        Assert.Equal([wanted, wanted], Packets(At("a.pcap")));
        Assert.Contains("2 captured, 2 received by filter", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Vlan_tags_are_seen_by_the_expression_and_kept()
    {
        byte[] tagged = Frames.Vlan(Frames.Ipv4(17, Frames.Udp(1_000, 53, [1])), 7);
        byte[] other = Frames.Vlan(Frames.Ipv4(17, Frames.Udp(1_000, 53, [1])), 8);
        byte[] plain = Frames.Ethernet(Frames.Ipv4(17, Frames.Udp(1_000, 53, [1])));
        Capture([plain, other, tagged, other, plain, tagged], "-c", "2", "-w", At("a.pcap"), "vlan 7 and udp port 53");

        Assert.Equal([tagged, tagged], Packets(At("a.pcap")));
    }

    [Fact]
    public void Ring_of_files_keeps_the_newest_packets()
    {
        List<byte[]> sent = [.. Enumerable.Range(0, 7).Select(static i => Frames.Ethernet(Frames.Ipv4(17, Frames.Udp((ushort)i, 1, new byte[1_000]))))];
        Capture(sent, "-c", "7", "-C", "1KiB", "-W", "3", "-w", At("x"));

        Assert.Equal([sent[6]], Packets(At("x0")));
        Assert.Equal([sent[4]], Packets(At("x1")));
        Assert.Equal([sent[5]], Packets(At("x2")));
    }

    [Fact]
    public void Pcapng_tells_interface_expression_and_what_the_kernel_counted()
    {
        byte[] frame = Frames.Ethernet(Frames.Ipv4(17, Frames.Udp(1_000, 53, [1])));
        Capture([frame], "-c", "1", "-w", At("a.pcapng"), "udp");

        using var reader = CaptureReader.Open(At("a.pcapng"));
        var batch = new PacketBatch();
        while (reader.Read(batch) == ReadOutcome.More)
        {
        }

        CaptureInterface only = Assert.Single(reader.Sections[0].Interfaces);
        Assert.Equal((NetworkNamespace.Receiving, "udp", (byte)9), (only.Name, only.Filter, only.TimestampResolution));
        Assert.Equal((1ul, 0ul), (only.Statistics!.Received, only.Statistics.OperatingSystemDropped));
    }

    [Fact]
    public void Size_ends_the_recording()
    {
        List<byte[]> sent = [.. Enumerable.Range(0, 9).Select(static i => Frames.Ethernet(Frames.Ipv4(17, Frames.Udp((ushort)i, 1, new byte[1_000]))))];
        Capture(sent, "--size", "3KiB", "-w", At("a.pcap"));

        Assert.Equal(3, Packets(At("a.pcap")).Count);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("4")]
    public void Several_rings_write_the_same_file_as_one(string workers)
    {
        List<byte[]> sent = Packets(Lookups);
        (int status, string error) = Capture(sent, "-c", $"{sent.Count}", "--workers", workers, "-w", At("a.pcap"));

        Assert.Equal(0, status);
        Assert.Equal(sent, Packets(At("a.pcap")));
        Assert.Contains($"ring of {2 * int.Parse(workers, CultureInfo.InvariantCulture)} MiB", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Signal_asks_for_the_counters_while_it_records()
    {
        string asked = "";
        byte[] frame = Frames.Ethernet(Frames.Ipv4(17, Frames.Udp(1_000, 53, [1])));
        (int status, string error) = Capture([frame], ["-c", "1", "-w", At("a.pcap")], before: told =>
        {
            // The handler is there from the words on that it listens.
            Assert.Equal(0, Kill(Environment.ProcessId, SignalUser1));
            Assert.True(SpinWait.SpinUntil(() => (asked = told.ToString()).Contains("0 captured", StringComparison.Ordinal), Patience));
        });

        Assert.Equal(0, status);
        Assert.Contains("vittne: 0 captured, 0 received by filter, 0 dropped by kernel, ", asked, StringComparison.Ordinal);
        Assert.Contains("vittne: 1 captured, 1 received by filter, 0 dropped by kernel, ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Interface_that_goes_down_is_told_and_waited_for()
    {
        byte[] frame = Frames.Ethernet(Frames.Ipv4(17, Frames.Udp(1_000, 53, [1])));
        (int status, string error) = Capture([frame], ["-c", "1", "--retry", "-w", At("a.pcap")], before: told =>
        {
            Assert.True(NetworkNamespace.Ip($"link set {NetworkNamespace.Receiving} down"));
            Assert.True(SpinWait.SpinUntil(() => told.ToString().Contains("waiting for it", StringComparison.Ordinal), Patience));
            Assert.True(NetworkNamespace.Ip($"link set {NetworkNamespace.Receiving} up"));
            Assert.True(SpinWait.SpinUntil(() => told.ToString().Contains("is back", StringComparison.Ordinal), Patience));
        });

        Assert.Equal(0, status);
        Assert.Equal([frame], Packets(At("a.pcap")));
        Assert.Contains("vittne: vb went down; waiting for it to come back\nvittne: vb is back\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Disk_without_so_much_room_ends_the_recording_with_status_1()
    {
        (int status, string error) = Capture([], "--min-free", "8000000000GiB", "-w", At("a.pcap"));

        Assert.Equal(1, status);
        Assert.Empty(Packets(At("a.pcap")));
        Assert.Contains("the disk has less free than --min-free asks for; the recording ended", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--workers must be 1 to 64", "-i", "lo", "-w", "x.pcap", "--workers", "0")]
    [InlineData("name a file to write: -w FILE, or -w - for standard output", "-i", "lo")]
    [InlineData("name an interface: -i IFACE; vittne capture -D lists them, and -i any reads all", "-w", "x.pcap")]
    [InlineData("-W needs -C or -G", "-i", "lo", "-w", "x.pcap", "-W", "3")]
    [InlineData("--snap-length must be 1 to 262144", "-i", "lo", "-w", "x.pcap", "-s", "0")]
    [InlineData("--size '5 apples' is no size; write 100 for a hundred million bytes, or 64MiB", "-i", "lo", "-w", "x.pcap", "--size", "5 apples")]
    public async Task Wrong_options_are_usage_errors_in_one_line(string problem, params string[] args)
    {
        (int status, string text, string error) = await Run(["capture", .. args]);

        Assert.Equal((2, "", $"vittne: capture: {problem}\n"), (status, text, error));
    }

    [Fact]
    public async Task Refused_expression_opens_nothing()
    {
        (int status, string text, string error) = await Run("capture", "-i", "lo", "-w", At("a.pcap"), "tcp", "port");

        Assert.Equal((2, "", false), (status, text, File.Exists(At("a.pcap"))));
        Assert.StartsWith("vittne: filter: column ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interfaces_are_listed_with_number_state_and_addresses()
    {
        (int status, string text, _) = await Run("capture", "-D");

        Assert.Equal(0, status);
        Assert.Contains(text.Split('\n'), static line => line.Contains(" lo ", StringComparison.Ordinal) && line.Contains("127.0.0.1", StringComparison.Ordinal));
        Assert.Contains(text.Split('\n'), static line => line.Contains(" any ", StringComparison.Ordinal));
    }

    private static List<byte[]> Packets(string path)
    {
        using var reader = CaptureReader.Open(path);
        var batch = new PacketBatch();
        var packets = new List<byte[]>();
        while (reader.Read(batch) == ReadOutcome.More)
        {
            for (int i = 0; i < batch.Count; i++)
            {
                packets.Add(batch.Bytes(i).ToArray());
            }
        }

        return packets;
    }

    private static (int Status, string Error) Capture(List<byte[]> frames, params string[] options) => Capture(frames, options, static _ => { });

    private static (int Status, string Error) Capture(List<byte[]> frames, string[] options, Action<AwaitedText> before)
    {
        int status = -1;
        using var error = new AwaitedText("listening on");
        string? obstacle = NetworkNamespace.Run(() =>
        {
            using var sender = new PacketSender(NetworkNamespace.Sending);
            Exception? failure = null;

            // A thread has the namespace of the one that starts it; those of the pool have another.
            var sending = new Thread(() =>
            {
                try
                {
                    if (error.Wait(Patience))
                    {
                        before(error);
                        frames.ForEach(frame => sender.Send(frame));
                    }
                }
                catch (Exception e)
                {
                    failure = e;
                }
            });
            sending.Start();
            string[] args =
            [
                "capture", "-i", NetworkNamespace.Receiving, "--ring", "2M", "-Z", Environment.UserName,
                "--duration", Patience.TotalSeconds.ToString(CultureInfo.InvariantCulture), .. options,
            ];
            status = App.RunAsync(args, TextWriter.Null, error).GetAwaiter().GetResult();
            sending.Join();
            Assert.Null(failure);
        });
        Assert.SkipWhen(obstacle is not null, obstacle ?? "");
        return (status, error.ToString());
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);

    private string At(string name) => Path.Combine(_folder, name);

    private static async Task<(int Status, string Output, string Error)> Run(params string[] args)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        int status = await App.RunAsync(args, output, error);
        return (status, output.ToString(), error.ToString());
    }
}
