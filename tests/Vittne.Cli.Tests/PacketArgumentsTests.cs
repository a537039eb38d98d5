using Vittne.TestKit;

namespace Vittne.Cli.Tests;

/// <summary>The options of <c>vittne decode -d packets</c> that change how packets are read.</summary>
public sealed class PacketArgumentsTests
{
    [Theory]
    [InlineData("there is no fragment policy 'tcpip'", "--frag-policy", "tcpip")]
    [InlineData("--frag-timeout must be 1 to 3600 seconds", "--frag-timeout", "0")]
    [InlineData("--checksums must be strict or lax, not 'maybe'", "--checksums", "maybe")]
    [InlineData("--assume-dlt 'ETHERNET' is no link type", "--assume-dlt", "ETHERNET")]
    public async Task Wrong_value_is_told_with_what_there_is(string words, string option, string value)
    {
        (int status, _, string error) = await RunAsync("decode", "-d", "packets", option, value, "none.pcap");
        Assert.Equal(2, status);
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("EN10MB")]
    [InlineData("en10mb")]
    [InlineData("1")]
    public async Task Frames_of_a_private_link_type_are_read_as_the_user_says(string linkType)
    {
        byte[] frame = Frames.Ethernet(Frames.Ipv4(17, Frames.Udp(1, 2, [3])));
        using TemporaryFile capture = new(new PcapBuilder(150).Add(Batches.StartNs, frame).ToArray());
        (int status, string output, _) = await RunAsync("decode", "-d", "packets", "--format", "jsonl", capture.Path);
        Assert.Equal(0, status);
        Assert.DoesNotContain("layers", output, StringComparison.Ordinal);
        (_, output, _) = await RunAsync("decode", "-d", "packets", "--format", "jsonl", "--assume-dlt", linkType, capture.Path);
        Assert.Contains("\"layers\":[\"eth\",\"ip\",\"udp\"]", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Packets_are_the_same_for_any_number_of_workers()
    {
        var builder = new PcapBuilder();
        for (int i = 0; i < 50; i++)
        {
            byte[] frame = i % 5 == 0 ? Frames.Ethernet([1, 2], 0x0806) : Frames.Ethernet(Frames.Ipv4(17, Frames.Udp((ushort)i, 53, [3])));
            builder.Add(Batches.StartNs + i, frame);
        }

        using TemporaryFile capture = new(builder.ToArray());
        (_, string one, _) = await RunAsync("decode", "-d", "packets", "--format", "jsonl", "--workers", "1", capture.Path);
        (_, string three, _) = await RunAsync("decode", "-d", "packets", "--format", "jsonl", "--workers", "3", capture.Path);
        Assert.Equal(50, one.Count(static c => c == '\n'));
        Assert.Equal(one, three);
    }

    private static async Task<(int Status, string Output, string Error)> RunAsync(params string[] args)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        int status = await App.RunAsync(args, output, error);
        return (status, output.ToString(), error.ToString());
    }
}
