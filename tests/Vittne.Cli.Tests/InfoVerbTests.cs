using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Vittne.TestKit;

namespace Vittne.Cli.Tests;

public sealed class InfoVerbTests : IDisposable
{
    private const long Start = 1_700_000_000_000_000_000;
    private const long Second = 1_000_000_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("vittne-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("json", "info.jsonl")]
    [InlineData("text", "info.txt")]
    [InlineData("table", "info.table")]
    public async Task Each_form_tells_all_captures_in_their_order(string form, string golden)
    {
        string[] captures = [Write("a.pcap", Plain()), Write("b.pcapng", Described()), Write("empty.pcap", new PcapBuilder().ToArray())];
        (int status, string text, string error) = await Run(["info", "--format", form, .. captures]);

        Assert.Equal((0, ""), (status, error));

        // Columns are as wide as the path of the folder makes them.
        Golden.Verify(form == "table" ? Regex.Replace(text, " {2,}", "  ") : text, golden);
    }

    [Theory]
    [InlineData("json", "info-deep.jsonl")]
    [InlineData("text", "info-deep.txt")]
    public async Task Deep_look_tells_answers_and_counts(string form, string golden)
    {
        (int status, string text, _) = await Run("info", "--deep", "--format", form, Write("a.pcap", Conversation()));

        Assert.Equal(0, status);
        Golden.Verify(text, golden);
    }

    [Fact]
    public async Task Deep_look_is_the_same_for_any_number_of_threads()
    {
        string[] captures = [Samples.Path("hunt/office.pcap"), Samples.Path("hunt/scan.pcap"), Write("a.pcap", Conversation())];
        (_, string one, _) = await Run(["info", "--deep", "--format", "json", "--workers", "1", .. captures]);
        (_, string two, _) = await Run(["info", "--deep", "--format", "json", "--workers", "2", .. captures]);

        Assert.Equal(one, two);
    }

    // B14 of the cases: a capture of 24 bytes froze another tool, and what came after it.
    [Fact]
    public async Task Capture_without_packets_is_whole_and_the_next_one_goes_on()
    {
        (int status, string text, string error) = await Run("info", "--format", "json", Write("a.pcap", new PcapBuilder().ToArray()), Write("b.pcap", Plain()));

        Assert.Equal((0, ""), (status, error));
        Assert.Equal([0, 3], Objects(text).Select(static item => item.GetProperty("packets").GetInt64()));
        JsonElement empty = Objects(text)[0];
        Assert.Equal(JsonValueKind.Null, empty.GetProperty("first_time").ValueKind);
        Assert.Equal(JsonValueKind.Null, empty.GetProperty("duration_ns").ValueKind);
        Assert.Equal(0, empty.GetProperty("average_packet_bytes").GetDouble());
        Assert.True(empty.GetProperty("strict_time_order").GetBoolean());
    }

    // B15 of the cases.
    [Fact]
    public async Task Stray_bytes_at_the_end_cost_no_packet_and_their_place_is_told()
    {
        PcapngBuilder good = new PcapngBuilder().AddSection().AddInterface().AddPacket(1, [1]).AddPacket(2, [2]);
        int end = good.Length;
        (int status, string text, string error) = await Run("info", "--format", "json", Write("a.pcapng", good.AddBytes(new byte[7]).ToArray()), Write("b.pcap", Plain()));

        Assert.Equal(1, status);
        Assert.Equal($"vittne: a.pcapng: packet 3, offset {end}: cut in record header (7 bytes of a block are there); 2 packets counted\n", error);
        Assert.Equal([2, 3], Objects(text).Select(static item => item.GetProperty("packets").GetInt64()));
        Assert.Equal(end, Objects(text)[0].GetProperty("damage").GetProperty("offset").GetInt64());
    }

    [Theory]
    [InlineData("cut in record header", "packet 2, offset 42: cut in record header (5 bytes of a packet header are there)", "0102030405")]
    [InlineData("cut in packet", "packet 2, offset 42: cut in packet (18 bytes of a packet are there)", "000000000000000003000000030000000102")]
    [InlineData("length beyond the limit", "packet 2, offset 42: length beyond the limit (262145 bytes where 262144 are the most; nothing after it was read)", "00000000000000000100040001000400")]
    public async Task Damage_is_told_in_one_line_with_its_kind_and_place(string kind, string line, string tail)
    {
        byte[] capture = [.. new PcapBuilder().Add(Start, [1, 2]).ToArray(), .. Convert.FromHexString(tail)];
        (int status, string text, string error) = await Run("info", "--format", "json", Write("a.pcap", capture));

        Assert.Equal(1, status);
        Assert.Equal($"vittne: a.pcap: {line}; 1 packet counted\n", error);
        Assert.Equal(kind, Objects(text)[0].GetProperty("damage").GetProperty("kind").GetString());
    }

    [Fact]
    public async Task What_is_no_capture_is_told_and_the_others_are_described()
    {
        (int status, string text, string error) = await Run(
            "info", "--format", "json", Write("a.txt", "hello"u8.ToArray()), Write("zero", []), Path.Combine(_folder, "gone"), Write("b.pcap", Plain()));

        Assert.Equal(1, status);
        Assert.Equal(["vittne: a.txt: not a capture (starts with 68 65 6c 6c)", "vittne: zero is empty", "vittne: gone does not exist"], Lines(error));
        Assert.Equal(3, Assert.Single(Objects(text)).GetProperty("packets").GetInt64());
    }

    [Fact]
    public async Task Packets_without_a_time_leave_times_out()
    {
        byte[] capture = new PcapngBuilder().AddSection().AddInterface().AddPacket(5, [1]).AddSimplePacket([1, 2]).ToArray();
        (_, string text, _) = await Run("info", "--format", "json", Write("a.pcapng", capture));

        JsonElement info = Objects(text)[0];
        Assert.Equal(2, info.GetProperty("packets").GetInt64());
        Assert.Equal(JsonValueKind.Null, info.GetProperty("first_time").ValueKind);
        Assert.Equal(0, info.GetProperty("data_byte_rate").GetDouble());
    }

    [Fact]
    public async Task First_and_last_time_are_the_earliest_and_latest()
    {
        byte[] capture = new PcapBuilder(nanoseconds: true).Add(Start + 5, [1]).Add(Start, []).Add(Start + 2, [1, 2], originalLength: 9).ToArray();
        (_, string text, _) = await Run("info", "--format", "json", Write("a.pcap", capture));

        JsonElement info = Objects(text)[0];
        Assert.Equal("2023-11-14T22:13:20.000000000Z", info.GetProperty("first_time").GetString());
        Assert.Equal(5, info.GetProperty("duration_ns").GetInt64());
        Assert.False(info.GetProperty("strict_time_order").GetBoolean());
        Assert.Equal((10, 3), (info.GetProperty("data_bytes").GetInt64(), info.GetProperty("captured_bytes").GetInt64()));
        Assert.Equal((2, 2), (info.GetProperty("snaplen_inferred_min").GetInt64(), info.GetProperty("snaplen_inferred_max").GetInt64()));
        Assert.Equal(2e9, info.GetProperty("data_byte_rate").GetDouble(), 1.0);
    }

    [Fact]
    public async Task Check_sequences_of_frames_belong_to_the_captured_bytes()
    {
        byte[] capture = new PcapBuilder(linkType: 1 | (1u << 26) | (2u << 28)).Add(Start, new byte[64]).ToArray();
        (_, string text, _) = await Run("info", "--format", "json", Write("a.pcap", capture));

        JsonElement info = Objects(text)[0];
        Assert.Equal(64, info.GetProperty("captured_bytes").GetInt64());
        Assert.Equal(JsonValueKind.Null, info.GetProperty("snaplen_inferred_min").ValueKind);
        Assert.Equal(4, info.GetProperty("interfaces")[0].GetProperty("fcs_len").GetInt32());
    }

    [Fact]
    public async Task Digests_are_of_the_file_as_it_is_stored()
    {
        byte[] capture = [.. Plain(), 1, 2, 3];
        (_, string text, _) = await Run("info", "--format", "json", "--hashes", "md5,sha1,ripemd160", Write("a.pcap", capture));
        (_, string none, _) = await Run("info", "--format", "json", "--no-hash", Write("a.pcap", capture));

        JsonElement info = Objects(text)[0];
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(capture)), info.GetProperty("sha256").GetString());
        Assert.Equal(32, info.GetProperty("md5").GetString()!.Length);
        Assert.Equal(40, info.GetProperty("sha1").GetString()!.Length);
        Assert.Equal(40, info.GetProperty("ripemd160").GetString()!.Length);
        Assert.False(Objects(none)[0].TryGetProperty("sha256", out _));
    }

    [Fact]
    public async Task Control_characters_of_a_capture_do_not_reach_the_terminal()
    {
        byte[] capture = new PcapngBuilder().AddSection(options: (4, "dump\e[2Jcap\u202e"u8.ToArray())).AddInterface(options: (2, "eth\r0"u8.ToArray())).ToArray();
        (_, string text, _) = await Run("info", Write("a.pcapng", capture));

        Assert.DoesNotContain(text, static c => c is '\e' or '\r' or '\u202e');
        Assert.Contains("dump\\x1b[2Jcap\\u202e", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("there is no form 'xml'", "--format", "xml")]
    [InlineData("there is no digest 'sha3'", "--hashes", "sha3")]
    [InlineData("--no-hash and --hashes exclude each other", "--no-hash", "--hashes", "md5")]
    [InlineData("--workers must be 1 or more", "--deep", "--workers", "0")]
    public async Task Wrong_value_is_a_usage_error_in_one_line(string problem, params string[] args)
    {
        (int status, string text, string error) = await Run(["info", .. args, Write("a.pcap", Plain())]);

        Assert.Equal((2, ""), (status, text));
        Assert.StartsWith("vittne: " + problem, error, StringComparison.Ordinal);
        Assert.Single(Lines(error));
    }

    private static byte[] Plain() => new PcapBuilder().Add(Start, new byte[60]).Add(Start + (Second / 2), new byte[68], originalLength: 1_500).Add(Start + Second, []).ToArray();

    private static byte[] Described()
    {
        var capture = new PcapngBuilder(bigEndian: true);
        return capture
            .AddSection(options: [(2, "Xeon"u8.ToArray()), (3, "Linux 6"u8.ToArray()), (4, "dumpcap\0"u8.ToArray()), (1, "a comment"u8.ToArray())])
            .AddInterface(1, 96, (2, "eth0"u8.ToArray()), (3, "uplink"u8.ToArray()), (11, [0, .. "tcp"u8]), (9, [9]))
            .AddInterface(113, 96, (9, [9]))
            .AddPacket(Start + (Second / 2), new byte[96], 0, originalLength: 100)
            .AddPacket(Start + (2 * Second), new byte[16], 1)
            .AddStatistics(0, received: 12, dropped: 2)
            .ToArray();
    }

    /// <summary>A host behind a router asks twice; the answer comes from farther away.</summary>
    private static byte[] Conversation()
    {
        var pcap = new PcapBuilder();
        byte[] request = "GET / HTTP/1.1\r\nHost: example.com\r\n\r\n"u8.ToArray();
        byte[] answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8.ToArray();
        (bool IsReply, byte[] Segment)[] segments =
        [
            (false, Frames.Tcp(40_000, 80, [], 100, 0, flags: 0x02)),
            (true, Frames.Tcp(80, 40_000, [], 500, 101, flags: 0x12)),
            (false, Frames.Tcp(40_000, 80, request, 101, 501)),
            (true, Frames.Tcp(80, 40_000, answer, 501, 101 + (uint)request.Length)),
            (false, Frames.Tcp(40_000, 80, request, 101, 501)),
        ];
        long time = Start;
        foreach ((bool isReply, byte[] segment) in segments)
        {
            byte[] packet = isReply
                ? Frames.Ipv4("198.51.100.1", "10.0.0.5", 6, segment, timeToLive: 55)
                : Frames.Ipv4("10.0.0.5", "198.51.100.1", 6, segment);
            pcap.Add(time, Frames.Ethernet(packet));
            time += 10_000_000;
        }

        return pcap.Add(time, Frames.Vlan(Frames.Ipv4(17, Frames.Udp(5_000, 53, [0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 97, 0, 0, 1, 0, 1])), 5)).ToArray();
    }

    private static List<string> Lines(string text) => [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    private static List<JsonElement> Objects(string text) => [.. Lines(text).Select(static line => JsonDocument.Parse(line).RootElement)];

    private string Write(string name, byte[] content)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    private async Task<(int Status, string Output, string Error)> Run(params string[] args)
    {
        var output = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var error = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        int status = await App.RunAsync(args, output, error);
        return (status, Shown(output), Shown(error));
    }

    private string Shown(StringWriter writer) => writer.ToString().Replace(_folder + "/", "", StringComparison.Ordinal);
}
