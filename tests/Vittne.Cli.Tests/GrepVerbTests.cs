using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Vittne.TestKit;

namespace Vittne.Cli.Tests;

public sealed class GrepVerbTests : IDisposable
{
    private const long Start = 1_700_000_000_123_456_000;
    private const long Second = 1_000_000_000;
    private const byte Tcp = 6;
    private const byte Udp = 17;

    private readonly string _folder = Directory.CreateTempSubdirectory("vittne-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>One packet of each kind that the header line tells apart.</summary>
    private string Mixed => Capture(
        Frames.Ethernet(Frames.Ipv4(Tcp, Frames.Tcp(1025, 80, [], flags: 0x02))),
        Frames.Ethernet(Frames.Ipv4(Tcp, Frames.Tcp(1025, 80, "GET /index.html HTTP/1.1\r\nHost: www.example.com\r\nUser-Agent: a browser of some kind, 1.0\r\n\r\n"u8.ToArray()))),
        Frames.Ethernet([0, 1, 8, 0, 6, 4, 0, 1], 0x0806),
        Frames.Ethernet(Frames.Ipv4(Udp, Frames.Udp(53, 5353, [.. "\0\u0001example\0"u8, 0xFF]), isReply: true)),
        Frames.Ethernet(Frames.Ipv4(1, Frames.Icmp(8, 0, "an example ping"u8.ToArray()))),
        Frames.Ethernet(Frames.Ipv4(2, [0x16, 0, 0, 0, .. "example"u8])),
        Frames.Ethernet(Frames.Ipv4(47, [0, 0, 8, 0, .. "example in another protocol"u8])),
        Frames.Ethernet(Frames.Ipv6(58, Frames.Icmp(128, 0, "example of six"u8.ToArray()))),
        Frames.Vlan(Frames.Ipv6(Tcp, Frames.Tcp(443, 1026, "example behind two tags"u8.ToArray(), flags: 0xD8)), 5, 6));

    [Theory]
    [InlineData("normal")]
    [InlineData("byline", "-W", "byline", "-N")]
    [InlineData("none", "-W", "none", "-P", "_")]
    [InlineData("single", "-W", "single", "-TT")]
    [InlineData("hex", "-x")]
    [InlineData("narrow", "-c", "40", "-S", "60")]
    [InlineData("context", "-C", "4")]
    public async Task Forms_of_ngrep(string name, params string[] options)
    {
        (int status, string text, _) = await Run(["grep", "-q", .. options, "--", "example", Mixed]);

        Assert.Equal(0, status);
        Golden.Verify(text, $"grep-{name}.txt");
    }

    [Fact]
    public async Task Times_are_those_of_the_local_zone()
    {
        (_, string text, _) = await Run("grep", "-q", "-t", "-W", "single", "--", "GET", Mixed);

        string time = DateTimeOffset.FromUnixTimeSeconds((Start / Second) + 1).ToLocalTime().ToString("yyyy/MM/dd HH:mm:ss", CultureInfo.InvariantCulture);
        Assert.StartsWith($"\nT {time}.123456 192.0.2.1:1025", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_has_the_fields_of_each_protocol()
    {
        (_, string lines, _) = await Run("grep", "-q", "--format", "json", "--", "example", Mixed);

        Golden.Verify(lines, "grep.jsonl");
    }

    [Theory]
    [InlineData("2,4,5,6,7,8,9", "example")]
    [InlineData("2,4,5,6,7,8,9", "EXAMPLE", "-i")]
    [InlineData("", "EXAMPLE")]
    [InlineData("4,5,8", "0001", "-X")]
    [InlineData("4", "0xFF", "-X")]
    [InlineData("5,6,7,8,9", "HTTP|ff|\\xff", "-v")]
    [InlineData("1,2,4,5,6,7,8,9", "zzz", "-e", "-v")]
    [InlineData("1", "zzz", "-e")]
    [InlineData("5", "example", "-w", "-f", "icmp")]
    [InlineData("2", "^GET .*example")]
    [InlineData("", "^GET .*example", "-M")]
    [InlineData("2,4", "", "-n", "2")]
    [InlineData("2,4,5", "GET", "-A", "2")]
    [InlineData("4,5,6", "\\x16|an ", "-B", "1", "-A", "1", "-f", "udp or icmp or igmp")]
    [InlineData("2", "example", "-f", "tcp port 80")]
    [InlineData("", "example", "-S", "2")]
    [InlineData("2", "(.)\\1", "-f", "tcp")]
    [InlineData("2,9", "e", "--first", "-f", "tcp or (vlan and vlan and tcp)")]
    public async Task Packets_are_those_that_ngrep_shows(string expected, string pattern, params string[] options)
    {
        (int status, string lines, string error) = await Run(["grep", "-q", "--format", "json", .. options, "--", pattern, Mixed]);

        Assert.Equal((0, ""), (status, error));
        Assert.Equal(expected, string.Join(',', Rows(lines).Select(static row => row.GetProperty("packet").GetInt64())));
    }

    [Fact]
    public async Task Output_is_the_same_for_any_number_of_workers()
    {
        string capture = Capture([.. Enumerable.Range(0, 5_000).Select(static i => Frames.Ethernet(Frames.Ipv4(
            Udp, Frames.Udp(1, 2, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"number {i}"))))))]);

        (_, string alone, _) = await Run("grep", "-q", "--workers", "1", "-A", "2", "--", "7", capture);
        (_, string shared, _) = await Run("grep", "-q", "--workers", "3", "-A", "2", "--", "7", capture);

        Assert.Equal(alone, shared);
        Assert.Contains("#5000\n", alone, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ethernet_padding_is_no_payload()
    {
        string capture = Capture([.. Frames.Ethernet(Frames.Ipv4(Tcp, Frames.Tcp(1, 2, []))), 0, 0, 0, 0, 0, 0]);

        (_, string text, _) = await Run("grep", "-q", "--", "\\x00", capture);

        Assert.Equal("", text);
    }

    [Fact]
    public async Task Match_across_fragments_is_told_with_the_packet_that_completes_the_datagram()
    {
        List<byte[]> pieces = Frames.FragmentIpv4(Frames.Ipv4(Udp, Frames.Udp(53, 5353, "0123456789abcdef"u8.ToArray())), 16);
        string capture = Capture([.. pieces.Select(static piece => Frames.Ethernet(piece))]);

        (_, string lines, _) = await Run("grep", "-q", "--format", "json", "--", "6789", capture);
        JsonElement row = Assert.Single(Rows(lines));
        Assert.Equal((2, 5353, 6), (row.GetProperty("packet").GetInt32(), row.GetProperty("dst_port").GetInt32(), row.GetProperty("match_offset").GetInt32()));
        Assert.True(row.GetProperty("reassembled").GetBoolean());

        (_, string apart, _) = await Run("grep", "-q", "--no-defragment", "--", "6789", capture);
        Assert.Equal("", apart);

        (_, string fragments, _) = await Run("grep", "-q", "-W", "single", "--", "[0f]", capture);
        Assert.Equal("\nU 192.0.2.1:53 -> 198.51.100.1:5353 7@0:8 01234567\n\nU 192.0.2.1 -> 198.51.100.1 +7@16:8 89abcdef\n", fragments);
    }

    /// <summary>Case B13: Linux cooked captures, the tag of a VLAN inside too.</summary>
    [Fact]
    public async Task Linux_cooked_captures_are_searched()
    {
        byte[] datagram = Frames.Ipv4(Udp, Frames.Udp(1, 2, "in a cooked frame"u8.ToArray()));
        byte[] plain = [0, 4, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, 8, 0, .. datagram];
        byte[] tagged = [0, 4, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, 0x81, 0, 0, 0x64, 8, 0, .. datagram];
        byte[] second = [8, 0, 0, 0, 0, 0, 0, 1, 0, 1, 4, 6, 2, 0, 0, 0, 0, 1, 0, 0, .. datagram];
        string first = Write("sll.pcap", new PcapBuilder(113).Add(Start, plain).Add(Start, tagged).ToArray());
        string other = Write("sll2.pcap", new PcapBuilder(276).Add(Start, second).ToArray());

        (int status, string text, _) = await Run("grep", "-q", "-W", "single", "--", "cooked", first, other);

        Assert.Equal(0, status);
        Assert.Equal(string.Concat(Enumerable.Repeat("\nU 192.0.2.1:1 -> 198.51.100.1:2 in a cooked frame\n", 3)), text);
    }

    [Fact]
    public async Task Streams_are_searched_across_segments_and_gaps_break_them()
    {
        string capture = Capture(
            Segment(1000, "the pass"),
            Segment(1008, "word is sec"),
            Segment(1029, "ret password"));

        (_, string text, string error) = await Run("grep", "--streams", "-W", "single", "-C", "3", "--", "password|secret", capture);
        Assert.Equal(
            "\nT 192.0.2.1:1025 -> 198.51.100.1:80 stream@4 he password is\n\nT 192.0.2.1:1025 -> 198.51.100.1:80 stream@33 et password\n", text);
        Assert.Contains("10 bytes of streams are not in the capture", error, StringComparison.Ordinal);

        (_, string lines, _) = await Run("grep", "-q", "--streams", "--format", "json", "-n", "1", "--", "password", capture);
        JsonElement row = Assert.Single(Rows(lines));
        Assert.Equal((2, 1, 4), (row.GetProperty("packet").GetInt32(), row.GetProperty("first_packet").GetInt32(), row.GetProperty("stream_offset").GetInt32()));
    }

    [Fact]
    public async Task Bodies_are_searched_without_compression()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write("a needle in compressed hay"u8);
        }

        byte[] request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray();
        byte[] answer = [.. Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\n\r\n")), .. packed.ToArray()];
        string capture = Capture(
            Frames.Ethernet(Frames.Ipv4(Tcp, Frames.Tcp(1025, 80, request))),
            Frames.Ethernet(Frames.Ipv4(Tcp, Frames.Tcp(80, 1025, answer, sequence: 2000, acknowledgment: (uint)(1000 + request.Length)), isReply: true)));

        (_, string text, _) = await Run("grep", "-q", "--decoded", "-W", "single", "-C", "2", "--", "needle", capture);

        Assert.Equal("\nT 198.51.100.1:80 -> 192.0.2.1:1025 body@2 a needle i\n", text);
    }

    [Fact]
    public async Task Bodies_in_zstd_are_searched()
    {
        // A frame with one raw block (RFC 8878 section 3.1.1): magic, descriptor, content size, block header, content.
        byte[] content = "a needle in raw hay"u8.ToArray();
        byte[] packed = [0x28, 0xB5, 0x2F, 0xFD, 0x20, (byte)content.Length, (byte)((content.Length << 3) | 1), 0, 0, .. content];
        byte[] request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"u8.ToArray();
        byte[] answer = [.. Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\nContent-Length: {packed.Length}\r\n\r\n")), .. packed];
        string capture = Capture(
            Frames.Ethernet(Frames.Ipv4(Tcp, Frames.Tcp(1025, 80, request))),
            Frames.Ethernet(Frames.Ipv4(Tcp, Frames.Tcp(80, 1025, answer, sequence: 2000, acknowledgment: (uint)(1000 + request.Length)), isReply: true)));

        (_, string text, _) = await Run("grep", "-q", "--decoded", "-W", "single", "-C", "2", "--", "needle", capture);

        Assert.Equal("\nT 198.51.100.1:80 -> 192.0.2.1:1025 body@2 a needle i\n", text);
    }

    [Fact]
    public async Task Parts_of_mail_are_searched_without_their_encoding()
    {
        byte[] mail = "EHLO a\r\nDATA\r\nSubject: x\r\nContent-Transfer-Encoding: base64\r\n\r\nYSBuZWVkbGUg\r\naW4gaGF5\r\n.\r\nQUIT\r\n"u8.ToArray();
        string capture = Capture(
            Frames.Ethernet(Frames.Ipv4(Tcp, Frames.Tcp(1025, 25, mail[..60]))),
            Frames.Ethernet(Frames.Ipv4(Tcp, Frames.Tcp(1025, 25, mail[60..], sequence: 1060))));

        (_, string text, _) = await Run("grep", "-q", "--decoded", "-W", "single", "-C", "2", "--", "needle", capture);

        Assert.Equal("\nT 192.0.2.1:1025 -> 198.51.100.1:25 mime@2 a needle i\n", text);
    }

    [Fact]
    public async Task File_of_patterns_is_searched_in_one_pass()
    {
        string patterns = Write("patterns.txt", [.. string.Join('\n', Enumerable.Range(0, 20_000).Select(static i => $"word{i}x").Append("^GET\\b")).Select(static c => (byte)c)]);
        string capture = Capture(
            Frames.Ethernet(Frames.Ipv4(Udp, Frames.Udp(1, 2, "nothing of word19999 here"u8.ToArray()))),
            Frames.Ethernet(Frames.Ipv4(Udp, Frames.Udp(1, 2, "but word19999x here"u8.ToArray()))),
            Frames.Ethernet(Frames.Ipv4(Udp, Frames.Udp(1, 2, "GET word3x"u8.ToArray()))));

        (_, string lines, _) = await Run("grep", "-q", "--format", "json", "--patterns", patterns, capture);

        Assert.Equal([(2, 19_999), (3, 20_000)], Rows(lines).Select(static row => (row.GetProperty("packet").GetInt32(), row.GetProperty("pattern").GetInt32())));
    }

    [Fact]
    public async Task Packets_shown_and_their_flows_are_written()
    {
        string packets = Path.Combine(_folder, "packets.pcap");
        string flows = Path.Combine(_folder, "flows.pcap");

        await Run("grep", "-q", "-O", packets, "--write-flows", flows, "--", "GET", Mixed);

        (_, string shown, _) = await Run("grep", "-q", "--count", "-e", "--", "", packets);
        (_, string whole, _) = await Run("grep", "-q", "--count", "-e", "--", "", flows);
        Assert.Equal(("1\n", "2\n"), (shown, whole));
    }

    [Fact]
    public async Task Count_and_names_of_several_captures()
    {
        string first = Write("first.pcap", File.ReadAllBytes(Mixed));
        string second = Write("second.pcap", new PcapBuilder().ToArray());

        (_, string counts, _) = await Run("grep", "-q", "--count", "--", "example", first, second);
        (_, string named, _) = await Run("grep", "-q", "-H", "-W", "single", "--", "GET", first, second);

        Assert.Equal($"{first}: 7\n{second}: 0\n", counts);
        Assert.StartsWith($"\n{first}: T 192.0.2.1:1025", named, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "GET")]
    [InlineData(0, "zzz")]
    [InlineData(3, "GET", "--fail-on-match")]
    [InlineData(0, "zzz", "--fail-on-match")]
    [InlineData(0, "GET", "--quiet-status")]
    [InlineData(1, "zzz", "--quiet-status")]
    public async Task Status_tells_what_was_asked_for(int expected, string pattern, params string[] options)
    {
        (int status, _, _) = await Run(["grep", "-q", .. options, "--", pattern, Mixed]);

        Assert.Equal(expected, status);
    }

    [Theory]
    [InlineData("vittne: grep: column 2: a group without its closing parenthesis: a(b", "a(b")]
    [InlineData("vittne: grep: -X 'abc' is no even number of hexadecimal digits", "abc", "-X")]
    [InlineData("vittne: grep: -X is bytes as they are; it does not go with -i, -w and --wide", "00", "-X", "-i")]
    [InlineData("vittne: grep: -x and -W exclude each other", "a", "-x", "-W", "none")]
    [InlineData("vittne: grep: there is no form 'wide'; there are normal, byline, none, single", "a", "-W", "wide")]
    [InlineData("vittne: grep: -v, -e, -A, -B, -S and -O are about packets; they do not go with --streams and --decoded", "a", "-v", "--streams")]
    public async Task Refusal_is_one_line(string expected, string pattern, params string[] options)
    {
        (int status, string text, string error) = await Run(["grep", .. options, "--", pattern, Mixed]);

        Assert.Equal((2, "", expected + Environment.NewLine), (status, text, error));
    }

    [Fact]
    public async Task Unreadable_capture_is_told_and_the_others_are_searched()
    {
        (int status, string text, string error) = await Run("grep", "-q", "-W", "single", "--", "GET", Path.Combine(_folder, "absent.pcap"), Mixed);

        Assert.Equal(1, status);
        Assert.StartsWith("\nT 192.0.2.1:1025", text, StringComparison.Ordinal);
        Assert.Contains("does not exist", error, StringComparison.Ordinal);
    }

    private static byte[] Segment(uint sequence, string text) =>
        Frames.Ethernet(Frames.Ipv4(Tcp, Frames.Tcp(1025, 80, Encoding.ASCII.GetBytes(text), sequence)));

    private static List<JsonElement> Rows(string lines) =>
        [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonDocument.Parse(line).RootElement)];

    private string Capture(params byte[][] frames)
    {
        var pcap = new PcapBuilder();
        for (int i = 0; i < frames.Length; i++)
        {
            pcap.Add(Start + (i * Second), frames[i]);
        }

        return Write("capture.pcap", pcap.ToArray());
    }

    private string Write(string name, byte[] content)
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
