using Vittne.Capture;
using Vittne.TestKit;

namespace Vittne.Cli.Tests;

public sealed class FilterVerbTests : IDisposable
{
    private const long Second = 1_000_000_000;
    private const long Start = 1_700_000_000 * Second;

    private readonly string _folder = Directory.CreateTempSubdirectory("vittne-").FullName;

    private static string Lookups => Samples.Path("dns/lookups.pcap");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Whole_capture_is_copied_byte_for_byte()
    {
        (int status, string output, string error) = await Run("filter", Lookups, "-w", At("copy.pcap"));

        Assert.Equal((0, "", ""), (status, output, error));
        Assert.Equal(File.ReadAllBytes(Lookups), File.ReadAllBytes(At("copy.pcap")));
    }

    [Fact]
    public async Task Several_captures_follow_one_another_under_one_header()
    {
        byte[] whole = File.ReadAllBytes(Lookups);
        await Run("filter", Lookups, Lookups, "-w", At("twice.pcap"));

        Assert.Equal([.. whole, .. whole[24..]], File.ReadAllBytes(At("twice.pcap")));
    }

    [Fact]
    public async Task Without_an_output_packets_are_counted()
    {
        (int status, string output, _) = await Run("filter", Lookups, "--range", "2-4,9");

        Assert.Equal((0, "4 of 16 packets\n"), (status, output));
    }

    [Fact]
    public async Task Numbers_times_and_inversion_choose_packets()
    {
        string capture = Write("a.pcap", Numbered(6));

        Assert.Equal([2, 3, 5], await Kept(capture, "--range", "5,2-3"));
        Assert.Equal([1, 4, 6], await Kept(capture, "--range", "5,2-3", "--invert"));
        Assert.Equal([2, 3], await Kept(capture, "--from", "1700000002", "--to", "1700000004"));
        Assert.Equal([1, 2], await Kept(capture, "-c", "2"));
        Assert.Equal([4, 5, 6], await Kept(capture, "--range", "4-"));
    }

    [Fact]
    public async Task Cut_capture_gives_all_that_is_whole_and_status_1()
    {
        byte[] whole = File.ReadAllBytes(Lookups);
        string cut = Write("cut.pcap", whole[..^5]);
        (int status, _, string error) = await Run("filter", cut, "-w", At("out.pcap"));

        Assert.Equal(1, status);
        Assert.Contains("cut.pcap: cut at offset", error, StringComparison.Ordinal);
        byte[] kept = File.ReadAllBytes(At("out.pcap"));
        Assert.Equal(whole[..kept.Length], kept);
        Assert.InRange(kept.Length, whole.Length - 1_000, whole.Length - 6);
    }

    [Fact]
    public async Task Stray_bytes_behind_the_last_block_cost_no_packet()
    {
        var capture = new PcapngBuilder();
        capture.AddSection().AddInterface().AddPacket(1, [1]).AddPacket(2, [2]);
        int end = capture.Length;
        string path = Write("stray.pcapng", [.. capture.ToArray(), 0, 0, 0, 0, 0, 0, 0]);
        (int status, _, string error) = await Run("filter", path, "-w", At("out.pcap"));

        Assert.Equal(1, status);
        Assert.Equal([1, 2], Packets(At("out.pcap")).Select(static packet => (int)packet[0]));
        Assert.Contains($"offset {end}", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Input_that_is_no_capture_makes_no_output()
    {
        string path = Write("text.pcap", "this is no capture"u8.ToArray());
        (int status, _, string error) = await Run("filter", path, "-w", At("out.pcap"));

        Assert.Equal((1, false), (status, File.Exists(At("out.pcap"))));
        Assert.Contains("text.pcap: not a capture", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_link_types_need_pcapng()
    {
        string ethernet = Write("a.pcap", new PcapBuilder(1).Add(Start, [1]).ToArray());
        string raw = Write("b.pcap", new PcapBuilder(101).Add(Start, [2]).ToArray());
        (int status, _, string error) = await Run("filter", ethernet, raw, "-w", At("out.pcap"));
        Assert.Equal((2, false), (status, File.Exists(At("out.pcap"))));
        Assert.Contains("use --format pcapng", error, StringComparison.Ordinal);

        (status, _, _) = await Run("filter", ethernet, raw, "-w", At("out.pcapng"));
        Assert.Equal(0, status);
        Assert.Equal(2, Packets(At("out.pcapng")).Count);
    }

    [Fact]
    public async Task Link_types_without_packets_to_write_need_no_pcapng()
    {
        byte[] frame = Frames.Ethernet(Frames.Ipv4(17, Frames.Udp(1_000, 53, [1])));
        string unused = Write("a.pcapng", new PcapngBuilder().AddSection().AddInterface(101).AddInterface(1).AddPacket(1, frame, 1).AddPacket(2, frame, 1).ToArray());
        (int status, _, string error) = await Run("filter", unused, "-w", At("out.pcap"));
        Assert.True(status == 0, error);
        Assert.Equal([frame, frame], Packets(At("out.pcap")));
        Assert.Equal(1, (await File.ReadAllBytesAsync(At("out.pcap"), TestContext.Current.CancellationToken))[20]);

        string used = Write("b.pcapng", new PcapngBuilder().AddSection().AddInterface(101).AddInterface(1).AddPacket(1, frame, 1).AddPacket(2, frame.AsSpan(14), 0).ToArray());
        (status, _, error) = await Run("filter", used, "-w", At("both.pcap"));
        Assert.Equal((2, false), (status, File.Exists(At("both.pcap"))));
        Assert.Contains("use --format pcapng", error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder, "*.part"));

        (status, _, _) = await Run("filter", used, "--range", "1", "-w", At("one.pcap"));
        Assert.Equal(0, status);
        Assert.Equal([frame], Packets(At("one.pcap")));
        (status, _, _) = await Run("filter", used, "-w", At("none.pcap"), "--", "tcp");
        Assert.Equal((0, 24L), (status, new FileInfo(At("none.pcap")).Length));
    }

    [Fact]
    public async Task Merged_captures_alternate_by_time_and_equal_times_keep_the_order_of_the_names()
    {
        string a = Write("a.pcap", new PcapBuilder().Add(1, [1]).Add(5_000, [2]).Add(3_000, [3]).Add(9_000, [4]).ToArray());
        string b = Write("b.pcap", new PcapBuilder().Add(2_000, [11]).Add(5_000, [12]).Add(9_000, [13]).ToArray());

        await Run("filter", a, b, "--merge", "-w", At("merged.pcap"));
        Assert.Equal([1, 11, 2, 3, 12, 4, 13], Packets(At("merged.pcap")).Select(static packet => (int)packet[0]));

        await Run("filter", a, b, "--sort", "-w", At("sorted.pcap"));
        Assert.Equal([1, 11, 3, 2, 12, 4, 13], Packets(At("sorted.pcap")).Select(static packet => (int)packet[0]));
    }

    [Fact]
    public async Task Copies_within_the_window_are_left_out()
    {
        byte[] one = [1, 1], other = [2, 2];
        string capture = Write("a.pcap", new PcapBuilder()
            .Add(Start, one).Add(Start + 1_000_000, one).Add(Start + Second, other).Add(Start + (2 * Second), one).ToArray());

        Assert.Equal(2, (await Kept(capture, "--dedup")).Count);
        Assert.Equal(3, (await Kept(capture, "--dedup=2")).Count);
        Assert.Equal(3, (await Kept(capture, "--dedup=10ms")).Count);
        Assert.Equal(2, (await Kept(capture, "--dedup=3s")).Count);
    }

    [Fact]
    public async Task Copies_of_a_router_are_found_when_told_what_it_changes()
    {
        byte[] before = Frames.Ethernet(Frames.Ipv4("192.0.2.1", "198.51.100.1", 17, Frames.Udp(1, 2, [3]), timeToLive: 64));
        byte[] after = Frames.Vlan(Frames.Ipv4("192.0.2.1", "198.51.100.1", 17, Frames.Udp(1, 2, [3]), timeToLive: 63), 7);
        after[0] = 0x66;
        string capture = Write("a.pcap", new PcapBuilder().Add(Start, before).Add(Start, after).ToArray());

        Assert.Equal(2, (await Kept(capture, "--dedup")).Count);
        Assert.Single(await Kept(capture, "--dedup", "--dedup-ignore", "ttl,vlan,mac"));
    }

    [Theory]
    [InlineData("3", "4,5,6,7,8")]
    [InlineData("-3", "1,2,3,4,5")]
    [InlineData("2:3", "1,2,6,7,8")]
    [InlineData("-2:-3", "1,2,3,7,8")]
    [InlineData("-2:1", "1,2,3,4,5,6,8")]
    [InlineData("20", "")]
    public async Task Bytes_are_chopped_out_where_editcap_does_it(string range, string expected)
    {
        string capture = Write("a.pcap", new PcapBuilder().Add(Start, [1, 2, 3, 4, 5, 6, 7, 8]).ToArray());
        await Run("filter", capture, "--chop", range, "-w", At("out.pcap"));

        Assert.Equal(expected, string.Join(',', Packets(At("out.pcap"))[0]));
    }

    [Fact]
    public async Task Times_are_shifted_and_put_in_order()
    {
        string capture = Write("a.pcap", new PcapBuilder().Add(Start, [1]).Add(Start - Second, [2]).ToArray());
        await Run("filter", capture, "--shift", "-0.5", "--strict-order=0.25", "-w", At("out.pcap"));
        Assert.Equal([Start - (Second / 2), Start - (Second / 4)], Times(At("out.pcap")));

        (int status, _, string error) = await Run("filter", capture, "--shift", "-1700000001", "-w", At("none.pcap"));
        Assert.Equal(1, status);
        Assert.Contains("packet 1 would be before 1970", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Payload_is_stripped_behind_the_transport_header_and_its_length_stays()
    {
        byte[] frame = Frames.Ethernet(Frames.Ipv4(6, Frames.Tcp(1, 2, new byte[100])));
        string capture = Write("a.pcap", new PcapBuilder().Add(Start, frame).ToArray());
        await Run("filter", capture, "--strip-payload", "-w", At("out.pcap"));

        Assert.Equal(frame[..54], Packets(At("out.pcap"))[0]);
        Assert.Equal(frame.Length, BitConverter.ToInt32(File.ReadAllBytes(At("out.pcap")), 36));
    }

    [Fact]
    public async Task Inner_packets_come_out_of_their_tunnels()
    {
        byte[] inner = Frames.Ipv4("10.1.1.1", "10.2.2.2", 17, Frames.Udp(1, 2, [3]));
        byte[] frame = Frames.Ethernet(inner);
        byte[] vxlan = Frames.Ethernet(Frames.Ipv6(17, Frames.Udp(50_000, 4_789, [8, 0, 0, 0, 0, 0, 7, 0, .. frame])));
        byte[] ipip = Frames.Ethernet(Frames.Ipv6(4, inner));
        string capture = Write("a.pcap", new PcapBuilder().Add(Start, vxlan).Add(Start, ipip).Add(Start, frame).ToArray());
        await Run("filter", capture, "--decapsulate", "-w", At("out.pcap"));

        Assert.Equal([frame, frame, frame], Packets(At("out.pcap")));
    }

    [Fact]
    public async Task Anonymised_captures_need_a_key_and_are_the_same_for_the_same_key()
    {
        string key = Write("key", [.. Enumerable.Range(0, 32).Select(static i => (byte)i)]);
        string hex = Write("key.hex", "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n"u8.ToArray());
        await Run("filter", Lookups, "--anonymise", key, "-w", At("a.pcap"));
        await Run("filter", Lookups, "--anonymise", hex, "-w", At("b.pcap"));

        Assert.Equal(File.ReadAllBytes(At("a.pcap")), File.ReadAllBytes(At("b.pcap")));
        Assert.NotEqual(File.ReadAllBytes(Lookups), File.ReadAllBytes(At("a.pcap")));
        (int status, _, string error) = await Run("filter", Lookups, "--anonymise", Lookups, "-w", At("c.pcap"));
        Assert.Equal(2, status);
        Assert.Contains("is no key", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Expression_is_words_behind_the_captures_an_option_or_a_file()
    {
        byte[] dns = Frames.Ethernet(Frames.Ipv4(17, Frames.Udp(1_000, 53, [1])));
        byte[] web = Frames.Ethernet(Frames.Ipv4(6, Frames.Tcp(1_000, 80, [2])));
        string capture = Write("a.pcap", new PcapBuilder().Add(Start, dns).Add(Start, web).ToArray());
        string file = Write("e.txt", "# names only\nudp\r\nport 53\n"u8.ToArray());

        foreach (string[] args in new string[][] { ["udp", "port", "53"], ["--", "udp port 53"], ["-f", "udp port 53"], ["-F", file], ["--invert", "tcp"] })
        {
            await Run(["filter", capture, "-w", At("out.pcap"), .. args]);
            Assert.Equal([dns], Packets(At("out.pcap")));
        }
    }

    [Theory]
    [InlineData("tcp port")]
    [InlineData("host www.example.com")]
    [InlineData("inbound")]
    [InlineData("port 80 or")]
    public async Task Refused_expression_is_one_line_and_opens_no_output(string expression)
    {
        (int status, string output, string error) = await Run("filter", Lookups, "-w", At("out.pcap"), "--", expression);

        Assert.Equal((2, "", false), (status, output, File.Exists(At("out.pcap"))));
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("vittne: filter: column ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Expression_that_nothing_can_match_is_told_and_gives_an_empty_capture()
    {
        (int status, _, string error) = await Run("filter", Lookups, "-w", At("out.pcap"), "ip", "and", "ip6");

        Assert.Equal((0, "vittne: filter: no packet can match: ip and ip6\n"), (status, error));
        Assert.Equal(24, new FileInfo(At("out.pcap")).Length);
    }

    [Fact]
    public async Task Tagged_frames_match_as_they_do_in_tcpdump_with_a_hint_and_a_way_round()
    {
        byte[] frame = Frames.Vlan(Frames.Ipv4(17, Frames.Udp(1_000, 53, [1])), 31);
        string capture = Write("a.pcap", new PcapBuilder().Add(Start, frame).ToArray());

        (int status, string output, string error) = await Run("filter", capture, "udp", "port", "53");
        Assert.Equal((0, "0 of 1 packet\n"), (status, output));
        Assert.Contains("write vlan and", error, StringComparison.Ordinal);
        Assert.Equal("1 of 1 packet\n", (await Run("filter", capture, "vlan", "and", "ip")).Output);
        Assert.Equal("0 of 1 packet\n", (await Run("filter", capture, "ip")).Output);
        (_, output, error) = await Run("filter", capture, "--ignore-vlan", "udp", "port", "53");
        Assert.Equal(("1 of 1 packet\n", ""), (output, error));
    }

    [Theory]
    [InlineData(113, "00040001000602000000000100008100 00640800")]
    [InlineData(113, "00040001000602000000000100000800")]
    [InlineData(276, "0800000000000001000100060200000000010000")]
    [InlineData(276, "8100000000000001000100060200000000010000 00640800")]
    [InlineData(276, "88a8000000000001000100060200000000010000 00648100 00650800")]
    public async Task Linux_cooked_captures_are_filtered(int linkType, string header)
    {
        byte[] packet = [.. Convert.FromHexString(header.Replace(" ", "", StringComparison.Ordinal)), .. Frames.Ipv4(17, Frames.Udp(1_000, 53, [1]))];
        string capture = Write("a.pcap", new PcapBuilder((uint)linkType).Add(Start, packet).ToArray());
        bool isTagged = header.Contains(' ', StringComparison.Ordinal);
        Assert.Equal(isTagged ? "0 of 1 packet\n" : "1 of 1 packet\n", (await Run("filter", capture, "udp", "port", "53")).Output);
        await Run("filter", capture, "-w", At("out.pcap"), "--ignore-vlan", "udp", "port", "53");

        Assert.Equal(File.ReadAllBytes(capture), File.ReadAllBytes(At("out.pcap")));
    }

    [Fact]
    public async Task Large_captures_give_the_same_whether_they_are_read_ahead_or_not()
    {
        byte[] dns = Frames.Ethernet(Frames.Ipv4(17, Frames.Udp(1_000, 53, new byte[900])));
        byte[] web = Frames.Ethernet(Frames.Ipv4(6, Frames.Tcp(1_000, 80, new byte[900])));
        PcapBuilder all = new(), wanted = new();
        for (int i = 0; i < 12_000; i++)
        {
            all.Add(Start + (i * 1_000), i % 7 < 3 ? dns : web);
            if (i % 7 < 3)
            {
                wanted.Add(Start + (i * 1_000), dns);
            }
        }

        string capture = Write("a.pcap", [.. all.ToArray(), 1, 2, 3]);
        (int status, _, string error) = await Run("filter", capture, "-w", At("ahead.pcap"), "udp");
        Assert.Equal((1, "vittne: a.pcap: cut at offset 11578296, 3 bytes of a packet header lost\n"), (status, error));
        Assert.Equal(wanted.ToArray(), File.ReadAllBytes(At("ahead.pcap")));

        await Run("filter", capture, "-w", At("plain.pcap"), "--range", "1-", "udp");
        Assert.Equal(wanted.ToArray(), File.ReadAllBytes(At("plain.pcap")));
    }

    [Fact]
    public async Task Interface_that_lacks_the_words_costs_only_its_own_packets()
    {
        byte[] dns = Frames.Ethernet(Frames.Ipv4(17, Frames.Udp(1_000, 53, [1])));
        string ethernet = Write("a.pcap", new PcapBuilder().Add(Start, dns).ToArray());
        string other = Write("b.pcap", new PcapBuilder(274).Add(Start, dns).ToArray());
        await Run("filter", ethernet, other, "-w", At("both.pcapng"));
        (int status, string output, string error) = await Run("filter", At("both.pcapng"), "udp");
        Assert.Equal((0, "1 of 2 packets\n"), (status, output));
        Assert.Contains("no packet of link type 274 was looked at", error, StringComparison.Ordinal);
        Assert.Equal(2, (await Run("filter", other, "udp")).Status);
    }

    [Fact]
    public async Task Expression_is_refused_where_reserved_bits_of_the_link_type_are_set()
    {
        string capture = Write("a.pcap", new PcapBuilder(0x0030_0001).Add(Start, Frames.Ethernet(Frames.Ipv4(17, Frames.Udp(1_000, 53, [1])))).ToArray());
        (int status, _, string error) = await Run("filter", capture, "-w", At("out.pcap"), "udp");
        Assert.Equal(2, status);
        Assert.Contains("reserved bits of the link type are set (0x00300000)", error, StringComparison.Ordinal);
        Assert.False(File.Exists(At("out.pcap")));
        Assert.Equal("1 of 1 packet\n", (await Run("filter", capture)).Output);
    }

    [Fact]
    public async Task Capture_without_packets_is_copied()
    {
        string capture = Write("a.pcap", new PcapBuilder().ToArray());
        (int status, _, string error) = await Run("filter", capture, "-w", At("out.pcap"), "tcp");

        Assert.Equal((0, ""), (status, error));
        Assert.Equal(File.ReadAllBytes(capture), File.ReadAllBytes(At("out.pcap")));
    }

    [Fact]
    public async Task Explanation_tells_the_meaning_and_the_program()
    {
        (int status, string output, _) = await Run("filter", "--explain", "--", "tcp port 80 or 443");
        Assert.Equal(0, status);
        Assert.StartsWith("expression: ", output, StringComparison.Ordinal);
        Assert.Contains("(000) ldh", output, StringComparison.Ordinal);

        (_, output, _) = await Run("filter", "--explain=code", Lookups, "udp");
        Assert.StartsWith("{ 0x28, 0, 0, 0x0000000c },", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("filter", "--range", "5-1", "x.pcap")]
    [InlineData("filter", "--format", "erf", "x.pcap")]
    [InlineData("filter", "-C", "1", "x.pcap")]
    [InlineData("filter", "-G", "5", "-w", "out.pcap", "x.pcap")]
    [InlineData("filter", "--dedup-skip", "3", "x.pcap")]
    [InlineData("filter", "--split-by", "colour", "-w", "out.pcap", "x.pcap")]
    [InlineData("filter", "-s", "0", "x.pcap")]
    [InlineData("filter", "--nano", "--micro", "x.pcap")]
    public async Task Wrong_options_are_refused_in_one_line(params string[] args)
    {
        (int status, string output, string error) = await Run(args);

        Assert.Equal((2, ""), (status, output));
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("vittne: filter: ", error, StringComparison.Ordinal);
    }

    private static byte[] Numbered(int count)
    {
        var file = new PcapBuilder();
        for (int i = 1; i <= count; i++)
        {
            file.Add(Start + (i * Second), [(byte)i]);
        }

        return file.ToArray();
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

    private static List<long> Times(string path)
    {
        using var reader = CaptureReader.Open(path);
        var batch = new PacketBatch();
        reader.Read(batch);
        return [.. batch.Packets[..batch.Count].Select(static packet => packet.TimestampNs)];
    }

    private async Task<List<int>> Kept(string capture, params string[] args)
    {
        await Run(["filter", capture, "-w", At("kept.pcap"), .. args]);
        return [.. Packets(At("kept.pcap")).Select(static packet => (int)packet[0])];
    }

    private string At(string name) => Path.Combine(_folder, name);

    private string Write(string name, byte[] content)
    {
        File.WriteAllBytes(At(name), content);
        return At(name);
    }

    private async Task<(int Status, string Output, string Error)> Run(params string[] args)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        int status = await App.RunAsync(args, output, error);
        return (status, output.ToString().Replace(_folder + "/", "", StringComparison.Ordinal), error.ToString().Replace(_folder + "/", "", StringComparison.Ordinal));
    }
}
