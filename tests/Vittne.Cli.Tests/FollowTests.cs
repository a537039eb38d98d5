using Vittne.Capture;
using Vittne.TestKit;

namespace Vittne.Cli.Tests;

public sealed class FollowTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("vittne-").FullName;

    private string Growing => Path.Combine(_folder, "growing.pcap");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Matches_are_told_as_soon_as_their_packet_is_whole()
    {
        byte[] all = new TcpTalk().Handshake().Client(1, "first word").Client(11, "second word").ToPcap();
        int second = all.Length - "second word".Length;
        using var output = new AwaitedText("first word");
        (int status, _) = Follow(["grep", "-n", "2", "-q", "word", Growing], output, write =>
        {
            write(all[..10]);
            write(all[10..second]);

            // The second packet lacks its payload, so only the first one can be told.
            Assert.True(output.Wait(Patience));
            Assert.DoesNotContain("second word", output.ToString(), StringComparison.Ordinal);
            write(all[second..^1]);
            write(all[^1..]);
        });

        Assert.Equal(0, status);
        Assert.Contains("second word", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Streams_are_searched_across_the_steps()
    {
        byte[] all = new TcpTalk().Handshake().Client(1, "pass").Client(5, "word").ToPcap();
        using var output = new AwaitedText("password");
        (int status, _) = Follow(["grep", "--streams", "-n", "1", "-q", "password", Growing], output, write =>
        {
            write(all[..^30]);
            write(all[^30..]);
        });

        Assert.Equal(0, status);
        Assert.Contains("stream@", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Copy_has_the_packets_of_all_steps(bool isPcapng)
    {
        byte[] frame = Frames.Ethernet(Frames.Ipv4(17, Frames.Udp(1_000, 53, new byte[100])));
        byte[] all = isPcapng
            ? new PcapngBuilder().AddSection().AddInterface().AddPacket(1, frame).AddPacket(2, frame).AddPacket(3, frame).ToArray()
            : new PcapBuilder().Add(1_000, frame).Add(2_000, frame).Add(3_000, frame).ToArray();
        string copy = Path.Combine(_folder, "copy.pcap");
        using var output = new AwaitedText("\n");
        (int status, string error) = Follow(["filter", "-c", "3", "-w", copy, Growing, "--", "udp", "port", "53"], output, write =>
        {
            for (int at = 0; at < all.Length; at += 37)
            {
                write(all[at..Math.Min(at + 37, all.Length)]);
            }
        });

        Assert.True(status == 0, error);
        Assert.Equal([frame, frame, frame], Packets(copy));
    }

    [Fact]
    public void Capture_that_shrinks_ends_the_hunt_with_status_1()
    {
        byte[] all = new TcpTalk().Handshake().Client(1, "GET /x?cmd=/etc/passwd HTTP/1.1\r\nHost: a.example\r\n\r\n").ToPcap();
        using var output = new AwaitedText("passwd");
        (int status, string error) = Follow(["hunt", "--heuristics-only", "--format", "jsonl", Growing], output, write =>
        {
            write(all[..100]);
            write(all[100..]);
            Assert.True(output.Wait(Patience));
            File.WriteAllBytes(Growing, []);
        });

        Assert.Equal(1, status);
        Assert.Contains($"{Growing} is not read any more: the file shrank to 0 bytes while it was read", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--follow reads one capture at a time", "a.pcap", "b.pcap")]
    [InlineData("--follow is for files; standard input is waited for anyway", "-")]
    public async Task What_cannot_be_followed_is_told_in_one_line(string problem, params string[] captures)
    {
        foreach (string name in captures.Where(static name => name != "-"))
        {
            await File.WriteAllBytesAsync(Path.Combine(_folder, name), new PcapBuilder().ToArray(), TestContext.Current.CancellationToken);
        }

        string[] paths = [.. captures.Select(name => name == "-" ? name : Path.Combine(_folder, name))];
        foreach (string[] verb in (string[][])[["grep", "x"], ["filter"], ["hunt", "--heuristics-only"]])
        {
            using var error = new StringWriter { NewLine = "\n" };
            int status = await App.RunAsync([.. verb, .. paths, "--follow"], TextWriter.Null, error);

            Assert.Equal((2, $"vittne: {verb[0]}: {problem}\n"), (status, error.ToString()));
        }
    }

    private (int Status, string Error) Follow(string[] args, TextWriter output, Action<Action<byte[]>> steps)
    {
        File.WriteAllBytes(Growing, []);
        using var error = new StringWriter { NewLine = "\n" };
        Exception? failure = null;
        var writing = new Thread(() =>
        {
            try
            {
                steps(bytes =>
                {
                    using var file = new FileStream(Growing, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
                    file.Write(bytes);
                });
            }
            catch (Exception e)
            {
                // The program has to end, whatever came out.
                failure = e;
                File.WriteAllBytes(Growing, []);
            }
        });
        writing.Start();
        int status = App.RunAsync([args[0], "--follow", .. args[1..]], output, error).GetAwaiter().GetResult();
        writing.Join();
        Assert.Null(failure);
        return (status, error.ToString());
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
}
