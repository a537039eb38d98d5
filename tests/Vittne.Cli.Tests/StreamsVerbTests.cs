using System.Security.Cryptography;
using System.Text.Json;
using Vittne.Packets;
using Vittne.TestKit;

namespace Vittne.Cli.Tests;

public sealed class StreamsVerbTests : IDisposable
{
    private const string FromClient = "192.000.002.001.40000-198.051.100.001.00080";
    private const string FromServer = "198.051.100.001.00080-192.000.002.001.40000";
    private const string Request = "GET / HTTP/1.1\r\nHost: x.test\r\n\r\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("vittne-streams-").FullName;

    private string Out => Path.Combine(_folder, "out");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("hunt/office.pcap", "streams-office")]
    [InlineData("dns/lookups.pcap", "streams-lookups")]
    public async Task Samples_become_their_files_with_any_number_of_workers(string capture, string golden)
    {
        (int status, _, _) = await Run("streams", Samples.Path(capture), "-o", Out);
        Assert.Equal(0, status);
        Golden.Verify(File.ReadAllText(Path.Combine(Out, "index.jsonl")), $"{golden}.jsonl");

        foreach (string workers in (string[])["2", "4"])
        {
            string other = Path.Combine(_folder, workers);
            await Run("streams", Samples.Path(capture), "-o", other, "--workers", workers);
            foreach (string file in Directory.EnumerateFiles(Out))
            {
                Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(other, Path.GetFileName(file))));
            }

            Assert.Equal(Directory.EnumerateFiles(Out).Count(), Directory.EnumerateFiles(other).Count());
        }
    }

    [Theory]
    [InlineData("text", "-c")]
    [InlineData("bare", "-C")]
    [InlineData("hex", "-c", "-D")]
    [InlineData("colour", "-c", "-g", "-0")]
    [InlineData("json", "-J")]
    public async Task Streams_are_shown_in_the_order_of_packets(string golden, params string[] letters)
    {
        string capture = Keep(new TcpTalk().Handshake().Client(1, Request).Server(1, "HTTP/1.1 204 No Content\r\n\r\n\e[31m\t").Client(1 + Request.Length, "more"));
        (int status, string output, _) = await Run(["streams", capture, .. letters]);

        Assert.Equal(0, status);
        Golden.Verify(output, $"streams-{golden}.txt");
    }

    [Fact]
    public async Task Bodies_are_written_beside_their_stream()
    {
        const string answer = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 4\r\n\r\nbodyHTTP/1.1 304 Not Modified\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: ../../x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
        string capture = Keep(new TcpTalk().Handshake().Client(1, "POST / HTTP/1.1\r\nHost: x.test\r\nContent-Length: 3\r\n\r\nabc" + Request + Request).Server(1, answer, acknowledged: 200));

        await Run("streams", capture, "-o", Out, "--bodies", "http");
        Assert.Equal("body", Read($"{FromServer}-HTTPBODY-001.html"));
        Assert.Equal("abc", Read($"{FromServer}-HTTPBODY-003"));
        Assert.Equal(
            [FromClient, FromServer, $"{FromServer}-HTTPBODY-001.html", $"{FromServer}-HTTPBODY-003", "index.jsonl"],
            Directory.EnumerateFiles(Out).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(["text/html; charset=utf-8", "../../x"], Index[FromServer].GetProperty("bodies").EnumerateArray().Select(static body => body.GetProperty("type").GetString()));

        await Run("streams", capture, "-o", Out, "--force", "--bodies", "all");
        Assert.Equal("abc", Read($"{FromClient}-HTTPREQ-001"));
    }

    [Fact]
    public async Task Datagrams_are_joined_and_framed_when_that_is_asked_for()
    {
        byte[] frame = Frames.Ethernet(Frames.Ipv4(IpProtocol.Udp, Frames.Udp(50_000, 9, "ab"u8.ToArray())));
        string capture = Keep(new PcapBuilder().Add(1_000_000_000, frame).Add(2_000_000_000, frame).ToArray());
        const string name = "192.000.002.001.50000-198.051.100.001.00009.udp";

        await Run("streams", capture, "-o", Out);
        Assert.Equal("abab", Read(name));
        await Run("streams", capture, "-o", Out, "--force", "--udp-frames");
        Assert.Equal("\0\0\0\u0002ab\0\0\0\u0002ab", Read(name));
        await Run("streams", capture, "-o", Path.Combine(_folder, "tcp"), "--proto", "tcp");
        Assert.Equal(["index.jsonl"], Directory.EnumerateFileSystemEntries(Path.Combine(_folder, "tcp")).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("%P/%d/%A.%a", "tcp/o/192.000.002.001.40000")]
    [InlineData("%T_%t_%S%%", "2023-11-14T22:13:20Z_1700000000_00000000000000000000%")]
    [InlineData("%G/%M/%K/%N-%#", "000/000/000/000-0")]
    public async Task Names_follow_the_template(string template, string name)
    {
        await Run("streams", Keep(new TcpTalk().Client(1, "one")), "-o", Out, "-T", template);

        Assert.Equal("one", Read(name));
    }

    [Fact]
    public async Task Files_of_one_name_are_counted_in_the_order_of_their_first_packets()
    {
        TcpTalk talk = new TcpTalk().Handshake().Client(1, "first").Client(6, "", TcpFlag.Ack | TcpFlag.Fin).Client(900_000, "", TcpFlag.Syn).Client(900_001, "second");
        await Run("streams", Keep(talk), "-o", Out);
        Assert.Equal("first", Read(FromClient));
        Assert.Equal("second", Read($"{FromClient}c1"));

        await Run("streams", Keep(talk), "-o", Out, "--force", "-F", "tc");
        Assert.Equal("second", Read($"1700000000T{FromClient}c1"));
        Assert.Equal("first", Read($"1700000000T{FromClient}c0"));
    }

    [Fact]
    public async Task First_bytes_are_kept_and_the_rest_is_told()
    {
        await Run("streams", Keep(new TcpTalk().Handshake().Client(1, "abc").Client(4, "def")), "-o", Out, "-b", "4");

        Assert.Equal("abcd", Read(FromClient));
        Assert.True(Index[FromClient].GetProperty("truncated").GetBoolean());
    }

    [Fact]
    public async Task Conflicting_copies_are_told_with_both_versions()
    {
        (_, _, string error) = await Run("streams", Keep(new TcpTalk().Handshake().Client(2, "GOOD").Client(2, "EVIL").Client(1, ".")), "-o", Out);

        Assert.Equal(".GOOD", Read(FromClient));
        Assert.Equal(4, Index[FromClient].GetProperty("conflict_bytes").GetInt64());
        Assert.Contains("4 bytes came again with another content", error, StringComparison.Ordinal);
        Assert.Contains(
            "packet 5 192.0.2.1:40000 > 198.51.100.1:80 tcp.overlap_conflict: at byte 1 first 474f4f44, then 4556494c", Read("alerts.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Digests_are_those_of_the_files()
    {
        const string answer = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody";
        await Run("streams", Keep(new TcpTalk().Handshake().Client(1, Request).Server(1, answer).Client(500, "behind a gap")), "-o", Out, "-a", "--sha256");

        foreach (JsonElement row in Index.Values.SelectMany(static row => row.TryGetProperty("bodies", out JsonElement bodies) ? [row, .. bodies.EnumerateArray()] : new[] { row }))
        {
            byte[] content = await File.ReadAllBytesAsync(Path.Combine(Out, row.GetProperty("file").GetString()!), TestContext.Current.CancellationToken);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), row.GetProperty("sha256").GetString());
        }
    }

    [Theory]
    [InlineData("name a folder", "CAPTURE")]
    [InlineData("unknown letter %x", "CAPTURE", "-o", "OUT", "-T", "%x")]
    [InlineData("ends with a lone %", "CAPTURE", "-o", "OUT", "-T", "a%")]
    [InlineData("leads out of the folder", "CAPTURE", "-o", "OUT", "-T", "../%A")]
    [InlineData("no overlap policy", "CAPTURE", "-o", "OUT", "--overlap", "bsd-right")]
    [InlineData("no capture found", "-o", "OUT")]
    [InlineData("-F has no letter 'z'", "CAPTURE", "-o", "OUT", "-F", "z")]
    [InlineData("-c, -C and -J show streams", "CAPTURE", "-o", "OUT", "-c")]
    [InlineData("-B, -D, -0 and -g are about", "CAPTURE", "-o", "OUT", "-D")]
    public async Task What_cannot_be_understood_is_refused_before_anything_is_made(string words, params string[] arguments)
    {
        string capture = Keep(new TcpTalk().Client(1, "one"));
        (int status, _, string error) = await Run(["streams", .. arguments.Select(word => word == "CAPTURE" ? capture : word == "OUT" ? Out : word)]);

        Assert.Equal(2, status);
        Assert.Contains(words, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Out));
    }

    [Fact]
    public async Task Folder_with_files_is_refused()
    {
        Directory.CreateDirectory(Out);
        File.WriteAllText(Path.Combine(Out, "mine"), "");
        (int status, _, string error) = await Run("streams", Keep(new TcpTalk().Client(1, "one")), "-o", Out);

        Assert.Equal(2, status);
        Assert.Contains("holds files", error, StringComparison.Ordinal);
        Assert.Equal(["mine"], Directory.EnumerateFiles(Out).Select(Path.GetFileName));
    }

    [Fact]
    public async Task What_came_before_the_cut_of_a_capture_is_written()
    {
        string capture = Keep(new TcpTalk().Handshake().Client(1, "one").Client(4, "two").ToPcap()[..^3]);
        (int lax, _, string error) = await Run("streams", capture, "-o", Out);
        (int strict, _, _) = await Run("streams", capture, "-o", Out, "--force", "--strict");

        Assert.Equal("one", Read(FromClient));
        Assert.Contains("cut at offset", error, StringComparison.Ordinal);
        Assert.Equal((0, 1), (lax, strict));
    }

    [Fact]
    public async Task Folder_that_cannot_be_written_ends_the_run_with_its_path()
    {
        Directory.CreateDirectory(Path.Combine(Out, FromClient));
        (int status, _, string error) = await Run("streams", Keep(new TcpTalk().Handshake().Client(1, "one")), "-o", Out, "--force");

        Assert.Equal(1, status);
        Assert.Contains(FromClient, error, StringComparison.Ordinal);
    }

    private Dictionary<string, JsonElement> Index => File.ReadAllLines(Path.Combine(Out, "index.jsonl"))
        .Select(static line => JsonDocument.Parse(line).RootElement)
        .ToDictionary(static row => row.GetProperty("file").GetString()!);

    private string Read(string name) => File.ReadAllText(Path.Combine(Out, name), System.Text.Encoding.Latin1);

    private string Keep(TcpTalk talk) => Keep(talk.ToPcap());

    private string Keep(byte[] capture)
    {
        string path = Path.Combine(_folder, "a.pcap");
        File.WriteAllBytes(path, capture);
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
