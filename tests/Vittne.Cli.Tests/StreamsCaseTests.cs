using Vittne.Packets;
using Vittne.TestKit;

namespace Vittne.Cli.Tests;

/// <summary>Streams that other tools are known to get wrong. A trait names the public report.</summary>
public sealed class StreamsCaseTests : IDisposable
{
    private const string FromClient = "192.000.002.001.40000-198.051.100.001.00080";
    private const string Evil = "GET /evil HTTP/1.1\r\n\r\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("vittne-cases-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    [Trait("Case", "B19: zeek/zeek#335")]
    public async Task Acknowledgment_recorded_before_its_data_loses_nothing() =>
        Assert.Equal(new string('x', 40), await Write(new TcpTalk().Handshake().Server(1, "", acknowledged: 41).Client(1, new string('x', 40))));

    [Fact]
    [Trait("Case", "B22: OISF ticket 6244")]
    public async Task Payload_of_a_reset_is_kept() =>
        Assert.Equal(
            "Please Access Denied",
            await Write(new TcpTalk().Handshake().Client(1, "Please ").Client(8, "Access Denied", TcpFlag.Rst | TcpFlag.Ack)));

    [Theory]
    [Trait("Case", "B23: suricata-verify eve-overlap-payload-01")]
    [InlineData("first", "GOOD")]
    [InlineData("last", "EVIL")]
    public async Task Copy_that_counts_is_the_policys(string policy, string expected) =>
        Assert.Equal(
            expected,
            await Write(new TcpTalk().Handshake().Client(1, "GOOD").Client(1, "EVIL").Server(1, "", acknowledged: 5), "--6", packet => Frames.Vlan(packet, 6), "--overlap", policy));

    [Fact]
    [Trait("Case", "B24: OISF ticket 3286, CVE-2019-18625, CVE-2021-37592")]
    public async Task Reset_and_fin_that_the_client_ignores_end_nothing() =>
        Assert.Equal(
            Evil,
            await Write(new TcpTalk().Client(0, "", TcpFlag.Syn).Server(0, "", TcpFlag.Rst | TcpFlag.Ack).Server(0, "", TcpFlag.Fin | TcpFlag.Ack)
                .Server(0, "", TcpFlag.Syn | TcpFlag.Ack).Client(1, "").Client(1, Evil)));

    [Fact]
    [Trait("Case", "B26: suricata-verify tcp-urgp")]
    public async Task Urgent_byte_stays_in_the_file() =>
        Assert.Equal("EVaIL", await Write(new TcpTalk().Handshake().Client(1, "EVaIL", TcpFlag.Ack | TcpFlag.Urg, urgent: 3)));

    [Fact]
    [Trait("Case", "B27: OISF ticket 1203, suricata-verify tcp-fastopen-01")]
    public async Task Data_of_the_syn_is_the_beginning_of_the_stream() =>
        Assert.Equal(
            "GET /etc/passwd HTTP/1.1",
            await Write(new TcpTalk().Client(0, "GET /etc/", TcpFlag.Syn).Server(0, "", TcpFlag.Syn | TcpFlag.Ack, acknowledged: 10).Client(10, "passwd HTTP/1.1")));

    [Fact]
    [Trait("Case", "load balancer that answers a SYN twice")]
    public async Task First_of_two_answers_to_a_syn_counts()
    {
        TcpTalk talk = new TcpTalk().Client(0, "", TcpFlag.Syn).Server(0, "", TcpFlag.Syn | TcpFlag.Ack).Server(100_000, "", TcpFlag.Syn | TcpFlag.Ack)
            .Client(1, "ask").Server(1, "answer");

        Assert.Equal("ask", await Write(talk));
        Assert.Equal("answer", File.ReadAllText(Path.Combine(_folder, "out", "198.051.100.001.00080-192.000.002.001.40000")));
    }

    private async Task<string> Write(TcpTalk talk, string suffix = "", Func<byte[], byte[]>? wrap = null, params string[] options)
    {
        string capture = Path.Combine(_folder, "a.pcap"), folder = Path.Combine(_folder, "out");
        await File.WriteAllBytesAsync(capture, talk.ToPcap(wrap), TestContext.Current.CancellationToken);
        using var output = new StringWriter();
        using var error = new StringWriter();
        Assert.Equal(0, await App.RunAsync(["streams", capture, "-o", folder, .. options], output, error));
        return await File.ReadAllTextAsync(Path.Combine(folder, FromClient + suffix), TestContext.Current.CancellationToken);
    }
}
