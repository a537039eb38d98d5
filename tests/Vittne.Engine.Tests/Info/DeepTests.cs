using System.Buffers.Binary;
using CsCheck;
using Vittne.Engine.Info.Deep;
using Vittne.TestKit;

namespace Vittne.Engine.Tests.Info;

public sealed class DeepTests
{
    private const long Start = 1_700_000_000_000_000_000;
    private const long Second = 1_000_000_000;
    private const ushort Syn = 2;
    private const ushort SynAck = 0x12;
    private const string Client = "10.0.0.5";
    private const string Server = "8.8.4.4";

    [Fact]
    public void Nothing_is_known_of_nothing()
    {
        DeepLook look = DeepLook.At(new PcapBuilder().ToArray());

        Assert.All(
            (string[])["vantage", "directions", "router_mac", "nat", "recorded_twice", "cut_or_sampled", "clock", "offload", "loss"],
            question => Assert.Equal((DeepAnswer.Unknown, Confidence.None), look.Answer(question)));
        Assert.Empty(look.Rows("time_line"));
    }

    [Fact]
    public void Arp_and_private_traffic_are_of_the_inside()
    {
        byte[] arp = [0, 1, 8, 0, 6, 4, 0, 1, .. new byte[20]];
        DeepLook look = DeepLook.At(Capture(Frames.Ethernet(arp, 0x0806), Tcp(Client, "10.0.0.9", Frames.Tcp(1, 2, [1]))));

        Assert.Equal(("inside", Confidence.High), look.Answer("vantage"));
        Assert.Equal(1L, look.Evidence("vantage", "arp"));
    }

    [Fact]
    public void Unanswered_scans_of_many_sources_without_private_addresses_are_of_the_outside()
    {
        byte[][] scans = [.. Enumerable.Range(1, 12).Select(static i => Tcp($"9.9.9.{i}", Server, Frames.Tcp((ushort)(1_000 + i), 22, [], flags: Syn)))];

        Assert.Equal(("outside", Confidence.High), DeepLook.At(Capture(scans)).Answer("vantage"));
    }

    [Fact]
    public void The_same_segment_with_a_translated_address_shows_both_sides()
    {
        byte[] segment = Frames.Tcp(40_000, 80, "hello"u8.ToArray(), 77, 88);
        byte[] capture = new PcapBuilder().Add(Start, Tcp(Client, Server, segment)).Add(Start + 200_000, Tcp("9.9.9.9", Server, segment)).ToArray();

        Assert.Equal(("both sides", Confidence.Medium), DeepLook.At(capture).Answer("vantage"));
    }

    [Fact]
    public void The_router_is_who_sends_for_several_far_addresses()
    {
        byte[] near = Tcp(Client, Server, Frames.Tcp(1, 80, []));
        byte[][] far = [.. Enumerable.Range(1, 4).Select(static i => Tcp($"9.9.9.{i}", Client, Frames.Tcp(80, 1, []), timeToLive: 50))];
        foreach (byte[] frame in far)
        {
            frame[11] = 9;
        }

        DeepLook look = DeepLook.At(Capture([near, .. far]));
        Assert.Equal(("02:00:00:00:00:09", Confidence.High), look.Answer("router_mac"));
        Assert.Equal(4L, look.Evidence("router_mac", "remote_addresses"));
    }

    [Fact]
    public void Different_systems_behind_one_address_are_suspected()
    {
        byte[] linux = WithOptions(Frames.Tcp(1, 80, [], flags: Syn), 2, 4, 5, 180, 4, 2, 1, 3, 3, 7, 1, 1);
        byte[] windows = WithOptions(Frames.Tcp(2, 80, [], flags: Syn), 2, 4, 5, 180, 1, 3, 3, 8, 1, 1, 4, 2);
        DeepLook look = DeepLook.At(Capture(Tcp(Client, Server, linux, timeToLive: 63), Tcp(Client, Server, windows, timeToLive: 127)));

        Assert.Equal(("suspected", Confidence.Medium), look.Answer("nat"));
        Assert.Equal([$"{Client} 2 2 63 127 2 0"], look.Rows("nat_suspects"));
        Assert.Equal("no sign", DeepLook.At(Capture(Tcp(Client, Server, linux), Tcp(Client, Server, linux))).Answer("nat").Answer);
    }

    [Fact]
    public void Acknowledged_bytes_that_were_never_seen_are_lost_by_the_capture()
    {
        DeepLook look = DeepLook.At(Capture(
            Tcp(Client, Server, Frames.Tcp(1, 80, [], 100, 0, Syn)),
            Tcp(Server, Client, Frames.Tcp(80, 1, [], 500, 101, SynAck)),
            Tcp(Client, Server, Frames.Tcp(1, 80, new byte[10], 111, 501)), // 101 to 110 are missing
            Tcp(Server, Client, Frames.Tcp(80, 1, [], 501, 131, 0x10)))); // and so are 121 to 130

        Assert.Equal("lost by the capture", look.Answer("loss").Answer);
        Assert.Equal(20L, look.Evidence("loss", "acknowledged_never_seen_bytes"));
        Assert.Equal(0L, look.Evidence("loss", "retransmissions"));
    }

    [Fact]
    public void Segments_that_come_again_are_losses_of_the_network()
    {
        DeepLook look = DeepLook.At(Capture(
            Tcp(Client, Server, Frames.Tcp(1, 80, new byte[10], 101, 501)),
            Tcp(Client, Server, Frames.Tcp(1, 80, new byte[10], 121, 501)),
            Tcp(Client, Server, Frames.Tcp(1, 80, new byte[10], 111, 501)), // late, not again
            Tcp(Client, Server, Frames.Tcp(1, 80, new byte[10], 101, 501)),
            Tcp(Server, Client, Frames.Tcp(80, 1, [], 501, 131, 0x10))));

        Assert.Equal("lost in the network", look.Answer("loss").Answer);
        Assert.Equal((1L, 10L, 0L), (look.Evidence("loss", "retransmissions"), look.Evidence("loss", "retransmitted_bytes"), look.Evidence("loss", "acknowledged_never_seen_bytes")));
    }

    [Fact]
    public void Drops_that_the_interface_counted_are_lost_by_the_capture()
    {
        byte[] capture = new PcapngBuilder().AddSection().AddInterface().AddPacket(1, [1]).AddStatistics(0, 10, 3).ToArray();

        Assert.Equal(("lost by the capture", Confidence.High), DeepLook.At(capture).Answer("loss"));
    }

    [Theory]
    [InlineData((byte)64, 500_000L, "at one place (mirror of both directions)")]
    [InlineData((byte)63, 500_000L, "before and behind a router")]
    [InlineData((byte)64, 2_000_000L, "no")]
    public void Equal_packets_within_a_millisecond_were_recorded_twice(byte ttl, long later, string answer)
    {
        byte[] segment = Frames.Tcp(1, 80, "payload"u8.ToArray());
        byte[] capture = new PcapBuilder(nanoseconds: true).Add(Start, Tcp(Client, Server, segment)).Add(Start + later, Tcp(Client, Server, segment, ttl)).ToArray();

        Assert.Equal(answer, DeepLook.At(capture).Answer("recorded_twice").Answer);
    }

    [Fact]
    public void Common_length_of_cut_packets_is_told()
    {
        byte[] frame = Tcp(Client, Server, Frames.Tcp(1, 80, new byte[60]));
        byte[] capture = new PcapBuilder().Add(Start, frame.AsSpan(0, 68), frame.Length).Add(Start + 1, frame.AsSpan(0, 68), frame.Length).Add(Start + 2, frame).ToArray();
        DeepLook look = DeepLook.At(capture);

        Assert.Equal(("cut", Confidence.High), look.Answer("cut_or_sampled"));
        Assert.Equal((68L, 0.6667), (look.Evidence("cut_or_sampled", "common_cut_length"), look.Evidence("cut_or_sampled", "cut_share")));
    }

    [Theory]
    [InlineData("steps back", 1L, 10 * Second, 5 * Second)]
    [InlineData("dates that cannot be", 0L, DeepLook.NowNs - Start + Second)]
    [InlineData("gaps", 0L, 1_000L, 2_000L, 3_000L, 60 * Second)]
    [InlineData("plausible", 0L, 1_000L, 2_000L, 3_000L)]
    public void Clock_of_the_capture_is_looked_at(string answer, long back, params long[] times)
    {
        PcapBuilder capture = new PcapBuilder().Add(Start, [1]);
        Array.ForEach(times, time => capture.Add(Start + time, [1]));
        DeepLook look = DeepLook.At(capture.ToArray());

        Assert.Equal(answer, look.Answer("clock").Answer);
        Assert.Equal(back, look.Evidence("clock", "steps_back"));
    }

    [Theory]
    [InlineData(0L, "1 s")]
    [InlineData(20_000_000L, "1e-2 s")]
    [InlineData(123_000L, "1 us")]
    [InlineData(1L, "1 ns")]
    public void Digits_that_are_used_are_the_resolution(long fraction, string resolution) =>
        Assert.Equal(resolution, DeepLook.At(new PcapBuilder(nanoseconds: true).Add(Start, [1]).Add(Start + fraction, [1]).ToArray()).Evidence("clock", "resolution"));

    // B18 of the cases: checksums that the card was to make are no reason to leave packets out.
    [Fact]
    public void Bad_checksums_of_one_side_are_those_of_the_capturing_host()
    {
        byte[][] frames =
        [
            Tcp(Client, Server, PseudoOnly(Frames.Tcp(1, 80, [], 100, 0, Syn))),
            Tcp(Server, Client, Checked(Server, Client, Frames.Tcp(80, 1, [], 500, 101, SynAck))),
            Tcp(Client, Server, PseudoOnly(Frames.Tcp(1, 80, new byte[10], 101, 501))),
            Tcp(Server, Client, Checked(Server, Client, Frames.Tcp(80, 1, new byte[5], 501, 111))),
        ];
        DeepLook look = DeepLook.At(Capture(frames));

        Assert.Equal(("checksums", Confidence.High), look.Answer("offload"));
        Assert.Equal((0.5, Client), (look.Evidence("offload", "bad_checksum_share"), look.Evidence("offload", "capturing_host")));
        Assert.Equal(2L, look.Evidence("offload", "pseudo_header_only"));
        Assert.Equal(("both", Confidence.Medium), look.Answer("directions"));
    }

    [Fact]
    public void Segments_beyond_the_frame_are_made_by_the_card() =>
        Assert.Equal("segmentation", DeepLook.At(Capture(
            Tcp(Client, Server, Checked(Client, Server, Frames.Tcp(1, 80, new byte[4_000], 101, 501))))).Answer("offload").Answer);

    [Fact]
    public void Layers_are_counted_along_their_paths()
    {
        DeepLook look = DeepLook.At(Capture(
            Frames.Vlan(Frames.Ipv4(17, Frames.Udp(1, 2, [1])), 7),
            Tcp(Client, Server, Frames.Tcp(1, 80, "GET / HTTP/1.1\r\n\r\n"u8.ToArray())),
            Tcp(Client, Server, Frames.Tcp(1, 80, [], sequence: 1_018))));

        Assert.Equal(["frame 3 173", "eth 3 173", "eth:ip 2 126", "eth:ip:tcp 2 126", "eth:ip:tcp:http 1 72", "eth:vlan 1 47", "eth:vlan:ip 1 47", "eth:vlan:ip:udp 1 47", "eth:vlan:ip:udp:data 1 47"], look.Rows("protocols"));
        Assert.Equal(["7 1"], look.Rows("vlans"));
        Assert.Equal(1L, look.Evidence("encapsulation", "deepest_nesting"));
    }

    [Fact]
    public void Talkers_are_told_by_their_bytes()
    {
        DeepLook look = DeepLook.At(Capture(
            Tcp(Client, Server, Frames.Tcp(40_000, 80, new byte[46])),
            Tcp(Server, Client, Frames.Tcp(80, 40_000, new byte[146]))));

        Assert.Equal([$"{Server} 2 300 200 100", $"{Client} 2 300 100 200"], look.Rows("talkers"));
        Assert.Equal(["tcp 80 2 300 100 200"], look.Rows("ports"));
        Assert.Equal([$"{Server} {Client} 2 300 200 100"], look.Rows("conversations"));
    }

    [Fact]
    public void Time_line_has_a_hundred_parts_whatever_the_order_of_packets()
    {
        byte[] capture = new PcapBuilder()
            .Add(Start + (50 * Second), new byte[30])
            .Add(Start, new byte[10])
            .Add(Start + (100 * Second), new byte[20])
            .ToArray();
        List<string> rows = DeepLook.At(capture).Rows("time_line");

        Assert.Equal(100, rows.Count);
        Assert.Equal(("0 1 10", "50000000000 1 30", "99000000000 1 20"), (rows[0], rows[50], rows[99]));
        Assert.All(rows.Where(static (_, i) => i is not (0 or 50 or 99)), static row => Assert.EndsWith(" 0 0", row, StringComparison.Ordinal));
    }

    [Fact]
    public void Lengths_are_counted_by_their_range() =>
        Assert.Equal(
            ["0-19 1", "20-39 1", "40-79 0", "80-159 0", "160-319 0", "320-639 0", "640-1279 0", "1280-2559 0", "2560-5119 0", "5120+ 1"],
            DeepLook.At(new PcapBuilder().Add(Start, []).Add(Start, [1], 20).Add(Start, [1], 6_000).ToArray()).Rows("sizes"));

    [Fact]
    public void No_bytes_make_it_fail() =>
        Gen.Select(Gen.Byte.Array[0, 80], Gen.Int[0, 79], Gen.Byte, Gen.Long[long.MinValue / 4, long.MaxValue / 2]).List[1, 8].Sample(
            static damages =>
            {
                PcapngBuilder capture = new PcapngBuilder().AddSection().AddInterface(1, 0, (9, [9]));
                foreach ((byte[] garbage, int at, byte value, long time) in damages)
                {
                    byte[] frame = Tcp(Client, Server, Frames.Tcp(1, 80, garbage));
                    frame[at % frame.Length] ^= value;
                    capture.AddPacket((ulong)time, frame).AddPacket((ulong)time, garbage);
                }

                Assert.NotEmpty(DeepLook.At(capture.ToArray()).Rows("sizes"));
            },
            iter: 20);

    private static byte[] Tcp(string source, string destination, byte[] segment, byte timeToLive = 64) =>
        Frames.Ethernet(Frames.Ipv4(source, destination, 6, segment, identification: 7, timeToLive: timeToLive));

    private static byte[] Capture(params byte[][] frames)
    {
        var pcap = new PcapBuilder();
        for (int i = 0; i < frames.Length; i++)
        {
            pcap.Add(Start + (i * 10_000_000L), frames[i]);
        }

        return pcap.ToArray();
    }

    private static byte[] WithOptions(byte[] header, params byte[] options)
    {
        header[12] = (byte)(((20 + options.Length) / 4) << 4);
        return [.. header, .. options];
    }

    private static byte[] Checked(string source, string destination, byte[] segment) => WithChecksum(segment, Frames.Checksum([.. Pseudo(source, destination, segment.Length), .. segment]));

    /// <summary>As a system leaves it to the card: the sum of the pseudo header, not inverted.</summary>
    private static byte[] PseudoOnly(byte[] segment) => WithChecksum(segment, (ushort)~Frames.Checksum(Pseudo(Client, Server, segment.Length)));

    private static byte[] WithChecksum(byte[] segment, ushort checksum)
    {
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(16), checksum);
        return segment;
    }

    private static byte[] Pseudo(string source, string destination, int length)
    {
        byte[] header = new byte[12];
        Frames.Address(source).Write(header);
        Frames.Address(destination).Write(header.AsSpan(4));
        header[9] = 6;
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(10), (ushort)length);
        return header;
    }
}
