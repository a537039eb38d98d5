using Vittne.Packets;
using Vittne.TestKit;

namespace Vittne.Cli.Tests;

/// <summary>Inputs that other tools are known to get wrong, through the verbs. A trait names the public report.</summary>
public sealed class CaseTests : IDisposable
{
    private const string Evil = "GET /evil HTTP/1.1\r\nHost: x.test\r\n\r\n";
    private const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";

    private readonly string _folder = Directory.CreateTempSubdirectory("vittne-cases-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [Trait("Case", "B13: irontec/sngrep#189")]
    [InlineData(113u, "0004 0001 0006 020000000001 0000 8100 0064 0800")]
    [InlineData(276u, "8100 0000 00000001 0001 00 06 0200000000010000 0064 0800")]
    public async Task Linux_cooked_frames_with_a_vlan_tag_inside_are_decoded(uint linkType, string header)
    {
        byte[] packet = [.. Convert.FromHexString(header.Replace(" ", "", StringComparison.Ordinal)), .. Frames.Ipv4(IpProtocol.Udp, Frames.Udp(50_000, 53, Query))];

        Assert.Equal(["evil.test"], await Fields("dns", "dns.questions.name", Keep("a.pcap", new PcapBuilder(linkType).Add(1_000_000_000, packet).ToArray())));
    }

    [Theory]
    [Trait("Case", "B14: arkime/arkime#2742")]
    [InlineData("decode", "-d", "dns")]
    [InlineData("hunt", "--heuristics-only")]
    public async Task Capture_without_a_packet_is_read_and_the_next_one_goes_on(params string[] verb)
    {
        string empty = Keep("empty.pcap", new PcapBuilder().ToArray());
        string full = Keep("full.pcap", new PcapBuilder().Add(1_000_000_000, Frames.Ethernet(Frames.Ipv4(IpProtocol.Udp, Frames.Udp(50_000, 53, Query)))).ToArray());
        (int status, _, string error) = await Run([.. verb, empty, full]);

        Assert.Equal(0, status);
        Assert.Contains("1 packet of 2 captures, 0 not decoded", error, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Case", "B15: brimdata/super#1117")]
    [InlineData("decode", "-d", "dns")]
    [InlineData("hunt", "--heuristics-only")]
    public async Task Stray_bytes_behind_whole_blocks_are_told_with_their_place_and_cost_no_packet(params string[] verb)
    {
        byte[] frame = Frames.Ethernet(Frames.Ipv4(IpProtocol.Udp, Frames.Udp(50_000, 53, Query)));
        PcapngBuilder whole = new PcapngBuilder().AddSection().AddInterface().AddPacket(1, frame).AddPacket(2, frame);
        int end = whole.Length;
        string path = Keep("stray.pcapng", whole.AddBytes(new byte[7]).ToArray());
        (_, string text, string error) = await Run([.. verb, path]);

        Assert.Contains("2 packets of 1 capture", error, StringComparison.Ordinal);
        Assert.Contains($"{path}: ", error, StringComparison.Ordinal);
        Assert.Contains($"offset {end}", error, StringComparison.Ordinal);
        Assert.Equal(verb[0] == "decode" ? 2 : 0, text.Count(static letter => letter == '\n'));
    }

    [Fact]
    [Trait("Case", "B18: zeek/zeek#2934")]
    public async Task Checksums_that_the_network_card_was_to_make_hide_nothing()
    {
        TcpTalk talk = new TcpTalk().Handshake().Client(1, Evil, checksum: 0xFFFF).Server(1, Ok, acknowledged: 1 + Evil.Length);

        Assert.Equal(["/evil"], await Fields("http", "http.uri", Keep("a.pcap", talk.ToPcap())));
    }

    [Fact]
    [Trait("Case", "B22: suricata-verify bug-6244")]
    public async Task Data_of_a_reset_is_part_of_the_message()
    {
        TcpTalk talk = new TcpTalk().Handshake().Client(1, Evil).Server(1, Ok[..^1]).Server(Ok.Length, Ok[^1..], TcpFlag.Rst | TcpFlag.Ack, 1 + Evil.Length);

        Assert.Equal(["2"], await Fields("http", "http.response_body_len", Keep("a.pcap", talk.ToPcap())));
    }

    [Fact]
    [Trait("Case", "B23: suricata-verify eve-overlap-payload-01")]
    public async Task Second_copy_with_other_bytes_is_told_with_both_and_the_first_counts()
    {
        TcpTalk talk = new TcpTalk().Handshake().Client(1, "GOOD").Client(1, "EVIL").Client(5, " / HTTP/1.1\r\n\r\n").Server(1, "", acknowledged: 6);
        string path = Keep("a.pcap", talk.ToPcap(static packet => Frames.Vlan(packet, 6)));

        Assert.Equal(["GOOD"], await Fields("http", "http.method", path));
        Assert.Equal(["tcp.overlap_conflict"], await Fields("anomaly", "anomaly.kind", path));
        Assert.Equal(["at byte 0 first 474f4f44, then 4556494c"], await Fields("anomaly", "anomaly.detail", path));
    }

    [Fact]
    [Trait("Case", "B23: the same behind a gap")]
    public async Task Two_copies_that_wait_behind_a_gap_are_told()
    {
        TcpTalk talk = new TcpTalk().Handshake().Client(5, "GOOD").Client(5, "EVIL").Client(1, "GET ").Client(9, " HTTP/1.1\r\n\r\n");
        string path = Keep("a.pcap", talk.ToPcap());

        Assert.Equal(["GOOD"], await Fields("http", "http.uri", path));
        Assert.Equal(["at byte 4 first 474f4f44, then 4556494c"], await Fields("anomaly", "anomaly.detail", path));
    }

    [Fact]
    [Trait("Case", "keep-alives hold any byte")]
    public async Task Equal_retransmissions_and_keep_alives_are_no_conflict()
    {
        TcpTalk talk = new TcpTalk().Handshake().Client(1, Evil).Client(1, Evil).Client(Evil.Length, "\0").Server(1, Ok).Server(1, Ok);

        Assert.Empty(await Fields("anomaly", "anomaly.kind", Keep("a.pcap", talk.ToPcap())));
    }

    [Fact]
    [Trait("Case", "B24: OISF ticket 3286, CVE-2019-18625, CVE-2021-37592")]
    public async Task Session_goes_on_behind_a_forged_reset_which_is_told()
    {
        TcpTalk talk = new TcpTalk().Client(0, "", TcpFlag.Syn).Server(0, "", TcpFlag.Rst | TcpFlag.Ack).Server(0, "", TcpFlag.Fin | TcpFlag.Ack)
            .Server(0, "", TcpFlag.Syn | TcpFlag.Ack).Client(1, "").Client(1, Evil).Server(1, Ok, acknowledged: 1 + Evil.Length);
        string path = Keep("a.pcap", talk.ToPcap());

        Assert.Equal(["/evil"], await Fields("http", "http.uri", path));
        Assert.Equal(["tcp.rst_out_of_window"], await Fields("anomaly", "anomaly.kind", path));
    }

    [Fact]
    [Trait("Case", "data that was under way when its receiver sent a reset")]
    public async Task Reset_of_one_side_and_late_data_of_the_other_is_nothing_odd()
    {
        TcpTalk talk = new TcpTalk().Handshake().Client(1, Evil).Client(1 + Evil.Length, "", TcpFlag.Rst).Server(1, Ok, acknowledged: 1 + Evil.Length);

        Assert.Empty(await Fields("anomaly", "anomaly.kind", Keep("a.pcap", talk.ToPcap())));
    }

    [Theory]
    [Trait("Case", "B25: suricata-verify tcp-split-handshake-01, -02")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_sent_the_first_syn_is_the_client_of_a_split_handshake(bool hasFiveWays)
    {
        var talk = new TcpTalk(40_000, 40_001);
        talk.Client(0, "", TcpFlag.Syn).Server(0, "", TcpFlag.Ack).Server(0, "", TcpFlag.Syn).Client(0, "", TcpFlag.Syn | TcpFlag.Ack);
        talk = hasFiveWays ? talk.Server(1, "") : talk;
        string path = Keep("a.pcap", talk.Client(1, Evil).Server(1, Ok, acknowledged: 1 + Evil.Length).ToPcap());

        Assert.Equal(["40000"], await Fields("http", "src_port", path));
        Assert.Equal(["/evil"], await Fields("http", "http.uri", path));
    }

    [Theory]
    [Trait("Case", "B26: suricata-verify tcp-urgp-01 to -09")]
    [InlineData("GET /EVaIL HTTP/1.1\r\nHost: x.test\r\n\r\n", 8)]
    [InlineData("GET /EVIaL HTTP/1.1\r\nHost: x.test\r\n\r\n", 9)]
    public async Task Urgent_byte_is_no_part_of_the_stream_and_is_told(string request, ushort urgent)
    {
        string path = Keep("a.pcap", new TcpTalk().Handshake().Client(1, request, TcpFlag.Ack | TcpFlag.Urg, urgent: urgent).ToPcap());

        Assert.Equal(["/EVIL"], await Fields("http", "http.uri", path));
        Assert.Equal(["tcp.urgent"], await Fields("anomaly", "anomaly.kind", path));
    }

    [Fact]
    [Trait("Case", "B26: the pointer comes before its byte")]
    public async Task Urgent_byte_of_a_later_segment_is_left_out_in_any_order()
    {
        TcpTalk talk = new TcpTalk().Handshake().Client(1, "GET ", TcpFlag.Ack | TcpFlag.Urg, urgent: 8)
            .Client(11, " HTTP/1.1\r\nHost: x.test\r\n\r\n").Client(5, "/EVaIL");

        Assert.Equal(["/EVIL"], await Fields("http", "http.uri", Keep("a.pcap", talk.ToPcap())));
    }

    [Fact]
    [Trait("Case", "B27: suricata-verify tcp-fastopen-01")]
    public async Task Request_in_the_syn_is_read()
    {
        TcpTalk talk = new TcpTalk().Client(0, Evil, TcpFlag.Syn).Server(0, "", TcpFlag.Syn | TcpFlag.Ack, 1 + Evil.Length).Server(1, Ok, acknowledged: 1 + Evil.Length);

        Assert.Equal(["/evil"], await Fields("http", "http.uri", Keep("a.pcap", talk.ToPcap())));
    }

    [Fact]
    [Trait("Case", "B29: suricata-verify ipv6-evasion")]
    public async Task Query_behind_fragments_that_split_the_extension_headers_is_found()
    {
        byte[] whole = [IpProtocol.Udp, 0, 1, 4, 0, 0, 0, 0, .. Frames.Udp(50_000, 53, Query)];
        byte[] first = Frames.Ipv6(0, Frames.Ipv6Extension(44, Frames.Ipv6Fragment(60, 0, true, 7, whole[..8])));
        byte[] second = Frames.Ipv6(0, Frames.Ipv6Extension(44, Frames.Ipv6Fragment(60, 8, false, 7, whole[8..])));
        PcapBuilder pcap = new PcapBuilder().Add(1_000_000_000, Frames.Ethernet(first)).Add(1_000_000_001, Frames.Ethernet(second));

        Assert.Equal(["evil.test"], await Fields("dns", "dns.questions.name", Keep("a.pcap", pcap.ToArray())));
    }

    [Fact]
    [Trait("Case", "B31: OISF ticket 7753")]
    public async Task Vxlan_with_reserved_bits_is_followed()
    {
        byte[] inner = Frames.Ethernet(Frames.Ipv4(IpProtocol.Udp, Frames.Udp(50_000, 53, Query)));
        byte[] outer = Frames.Ethernet(Frames.Ipv4(IpProtocol.Udp, Frames.Udp(50_001, 4789, [8, 1, 2, 3, 0, 0, 0x4D, 0xFF, .. inner])));

        Assert.Equal(["evil.test"], await Fields("dns", "dns.questions.name", Keep("a.pcap", new PcapBuilder().Add(1_000_000_000, outer).ToArray())));
    }

    [Fact]
    [Trait("Case", "B33: suricata-verify dns-udp-junkrequest-first")]
    public async Task Junk_before_the_query_does_not_hide_it()
    {
        byte[] snmp = [0x30, 0x26, 2, 1, 1, 4, 6, .. "public"u8, 0xA0, 0x19, 2, 1, 1, 2, 1, 0, 2, 1, 0, 0x30, 0x0E];
        PcapBuilder pcap = new PcapBuilder();
        foreach (byte[] payload in (byte[][])[snmp, Query])
        {
            pcap.Add(1_000_000_000, Frames.Ethernet(Frames.Ipv4(IpProtocol.Udp, Frames.Udp(50_000, 53, payload))));
        }

        Assert.Equal(["evil.test"], await Fields("dns", "dns.questions.name", Keep("a.pcap", pcap.ToArray())));
    }

    [Fact]
    [Trait("Case", "hunt sees what overlaps, resets and urgent bytes would hide")]
    public async Task Evasions_do_not_hide_an_indicator_from_hunting()
    {
        string trails = Keep("trails.txt", "x.test/evil\n"u8.ToArray());
        string urgent = "GET /evXil HTTP/1.1\r\nHost: x.test\r\n\r\n";
        TcpTalk talk = new TcpTalk().Client(0, "", TcpFlag.Syn).Server(0, "", TcpFlag.Rst | TcpFlag.Ack).Server(0, "", TcpFlag.Syn | TcpFlag.Ack)
            .Client(1, urgent, TcpFlag.Ack | TcpFlag.Urg, urgent: 8).Client(1, urgent.Replace("evXil", "goood", StringComparison.Ordinal));
        (_, string text, _) = await Run("hunt", "--no-heuristics", "--trails", trails, "--all", "--format", "jsonl", Keep("a.pcap", talk.ToPcap()));

        Assert.Contains("\"trail\":\"x.test/evil\"", text, StringComparison.Ordinal);
    }

    private static byte[] Query { get; } = new Bytes().U16(7).U16(0x0100).U16(1).U16(0).U16(0).U16(0).U8(4).Text("evil").U8(4).Text("test").U8(0).U16(1).U16(1).ToArray();

    private static async Task<string[]> Fields(string decoder, string field, string path)
    {
        (int status, string text, string error) = await Run("decode", "-d", decoder, "-e", field, path);
        Assert.True(status == 0, error);
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static async Task<(int Status, string Output, string Error)> Run(params string[] args)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        int status = await App.RunAsync(args, output, error);
        return (status, output.ToString(), error.ToString());
    }

    private string Keep(string name, byte[] bytes)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
