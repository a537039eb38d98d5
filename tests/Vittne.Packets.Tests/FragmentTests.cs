using CsCheck;
using Vittne.Packets.Fragments;
using Vittne.TestKit;

namespace Vittne.Packets.Tests;

public sealed class FragmentTests
{
    private static readonly byte[] Data = [.. Enumerable.Range(0, 200).Select(i => (byte)i)];

    [Fact]
    public void Transport_behind_a_split_chain_of_extension_headers_is_found()
    {
        // Hop-by-hop options, then fragments whose content begins with destination options that reach into the second one.
        byte[] options = [6, 3, 1, 28, .. new byte[28]];
        byte[] whole = [.. options, .. Frames.Tcp(40_000, 80, [1, 2, 3, 4, 5])];
        byte[] first = Frames.Ipv6(0, Frames.Ipv6Extension(44, Frames.Ipv6Fragment(60, 0, true, 7, whole[..16])));
        byte[] second = Frames.Ipv6(0, Frames.Ipv6Extension(44, Frames.Ipv6Fragment(60, 16, false, 7, whole[16..])));
        Decoded decoded = Decoded.Ethernet(Frames.Ethernet(first), Frames.Ethernet(second));
        Assert.Equal((40_000, 80, IpProtocol.Tcp), (decoded.Last.SourcePort, decoded.Last.DestinationPort, decoded.Last.Protocol));
        Assert.Equal([1, 2, 3, 4, 5], decoded.LastPayload);
    }

    [Fact]
    public void Fragments_in_any_order_give_the_whole_datagram() =>
        Gen.Select(Gen.Shuffle(Enumerable.Range(0, 9).ToArray()), Gen.Bool).Sample((order, isV6) =>
        {
            byte[] segment = Frames.Tcp(40_000, 80, Data);
            List<byte[]> pieces = isV6 ? Frames.FragmentIpv6(Frames.Ipv6(6, segment), 24) : Frames.FragmentIpv4(Frames.Ipv4(6, segment), 24);
            pieces = pieces.Count == 10 ? [.. order.Select(i => pieces[i]), pieces[9]] : [.. order.Select(i => pieces[i])];
            Decoded decoded = Decoded.Ethernet([.. pieces.Select(piece => Frames.Ethernet(piece))]);
            AssertWhole(decoded);
            for (int i = 0; i < pieces.Count - 1; i++)
            {
                Assert.True(decoded.Batch.Decoded[i].Flags.HasFlag(DecodedFlags.Fragment));
                Assert.Equal(0, decoded.Batch.Payload(i).Length);
            }
        });

    [Fact]
    public void Duplicates_and_repeated_overlaps_change_nothing()
    {
        List<byte[]> pieces = Frames.FragmentIpv4(Frames.Ipv4(6, Frames.Tcp(40_000, 80, Data)), 16);
        Decoded decoded = Decoded.Ethernet([.. pieces.SkipLast(1).Concat(pieces).Select(piece => Frames.Ethernet(piece))]);
        AssertWhole(decoded);
        Assert.Empty(decoded.Batch.Anomalies);
    }

    [Fact]
    public void Fragments_inside_and_around_tunnels_are_put_together()
    {
        byte[] inner = Frames.Ipv4("10.0.0.1", "10.0.0.2", 6, Frames.Tcp(40_000, 80, Data));

        // Inside: each tunnel packet carries a piece. Around: the tunnel packet is in pieces. Both: pieces of packets with pieces.
        byte[][] inside = [.. Frames.FragmentIpv4(inner, 64).Select(piece => Vxlan(piece))];
        byte[][] around = [.. Frames.FragmentIpv4(Vxlan(inner), 64)];
        byte[][] both = [.. Frames.FragmentIpv4(inner, 64).SelectMany((piece, i) => Frames.FragmentIpv4(Vxlan(piece), 40, (ushort)(100 + i)))];
        foreach (byte[][] packets in (byte[][][])[inside, around, both])
        {
            Decoded decoded = Decoded.Ethernet([.. packets.Select(packet => Frames.Vlan(packet, 10))]);
            AssertWhole(decoded);
            Assert.Equal("10.0.0.1", decoded.Last.Source.ToString());
            Assert.Equal("vxlan", Assert.Single(decoded.LastTunnel).Type);
        }
    }

    [Fact]
    public void Other_vlan_address_or_protocol_is_another_datagram()
    {
        List<byte[]> pieces = Frames.FragmentIpv4(Frames.Ipv4(6, Frames.Tcp(40_000, 80, Data)), 120);
        Decoded decoded = Decoded.Ethernet(Frames.Vlan(pieces[0], 1), Frames.Vlan(pieces[1], 2));
        Assert.True(decoded.Last.Flags.HasFlag(DecodedFlags.Fragment));
        Assert.Equal(2, decoded.Decoder.Counters.DatagramsHeld);
    }

    [Fact]
    public void Atomic_fragment_is_whole()
    {
        byte[] packet = Frames.Ipv6(44, Frames.Ipv6Fragment(6, 0, false, 1, Frames.Tcp(40_000, 80, Data)));
        Decoded decoded = Decoded.Ethernet(Frames.Ethernet(packet));
        Assert.Equal(Data, decoded.LastPayload);
        Assert.Equal(-1, decoded.Last.Datagram);
    }

    [Theory]
    [InlineData(FragmentPolicy.First, "AAAABBBBCC")]
    [InlineData(FragmentPolicy.Last, "AXXXXXXXXC")]
    [InlineData(FragmentPolicy.Bsd, "AAAAXXXXXC")]
    [InlineData(FragmentPolicy.BsdRight, "AXXXBBBBCC")]
    [InlineData(FragmentPolicy.Linux, "AAAAXXXXXC")]
    [InlineData(FragmentPolicy.Windows, "AAAAXXXXCC")]
    [InlineData(FragmentPolicy.Solaris, "AAAAXXXXCC")]
    public void Policy_says_whose_bytes_count_in_an_overlap(FragmentPolicy policy, string expected)
    {
        // Units of 8 bytes; X begins after A, before B and C, and ends within C.
        Decoded decoded = Overlap(policy, (0, 'A', 4), (4, 'B', 4), (8, 'C', 2), (1, 'X', 8));
        Assert.Equal(expected, Units(decoded));
        PacketAnomaly anomaly = Assert.Single(decoded.Batch.Anomalies);
        Assert.Equal((AnomalyKind.FragOverlap, 3), (anomaly.Kind, anomaly.Index));
    }

    [Theory]
    [InlineData(FragmentPolicy.Bsd, "AABBC")]
    [InlineData(FragmentPolicy.Linux, "AAXXC")]
    [InlineData(FragmentPolicy.BsdRight, "AAXXC")]
    [InlineData(FragmentPolicy.Windows, "AABBC")]
    public void Fragment_that_begins_with_the_old_one_is_judged_by_policy(FragmentPolicy policy, string expected) =>
        Assert.Equal(expected, Units(Overlap(policy, (0, 'A', 2), (2, 'B', 2), (4, 'C', 1), (2, 'X', 2))));

    [Fact]
    public void Oddities_are_told()
    {
        byte[] body = new byte[64];
        Assert.Equal(AnomalyKind.FragTooLarge, Decoded.Ethernet(Piece(body, 8_190, true)).Last.Anomaly);
        Assert.Equal(AnomalyKind.FragUnaligned, Decoded.Ethernet(Piece(body[..61], 1, true)).Last.Anomaly);
        Assert.Equal(AnomalyKind.FragTiny, Decoded.Ethernet(Frames.Ethernet(Frames.FragmentIpv4(Frames.Ipv4(6, body), 8)[0])).Last.Anomaly);
        Assert.Equal(AnomalyKind.FragLast, Decoded.Ethernet(Piece(body, 4, false), Piece(body, 20, false)).Last.Anomaly);
        Assert.Equal(AnomalyKind.FragLast, Decoded.Ethernet(Piece(body, 20, true), Piece(body, 4, false)).Last.Anomaly);
    }

    [Fact]
    public void Datagram_that_is_given_up_leaves_addresses_and_ports()
    {
        List<byte[]> pieces = Frames.FragmentIpv4(Frames.Ipv4(6, Frames.Tcp(40_000, 80, Data)), 48);
        Decoded decoded = Decoded.Ethernet(Frames.Ethernet(pieces[1]), Frames.Ethernet(pieces[0]));
        var end = new DecodedBatch();
        decoded.Decoder.Flush(end);
        OrphanFragment orphan = Assert.Single(end.Orphans);
        Assert.Equal((40_000, 80, 2L), (orphan.Packet.SourcePort, orphan.Packet.DestinationPort, orphan.Number));
        Assert.Equal(AnomalyKind.FragIncomplete, orphan.Packet.Anomaly);
        Assert.Equal(1, decoded.Decoder.Counters.DatagramsIncomplete);
        Assert.Equal(0, decoded.Decoder.Counters.DatagramsHeld);
    }

    [Fact]
    public void Time_out_is_capture_time()
    {
        List<byte[]> pieces = Frames.FragmentIpv4(Frames.Ipv4(6, Frames.Tcp(40_000, 80, Data)), 120);
        DecodedBatch batch = Batches.Of(1, Frames.Ethernet(pieces[0]));
        byte[] second = Frames.Ethernet(pieces[1]);
        Batches.Add(batch, 1, second, Batches.StartNs + 30_000_000_001, second.Length);
        new PacketDecoder(new PacketDecoderOptions()).Decode(batch);
        Assert.True(batch.Decoded[1].Flags.HasFlag(DecodedFlags.Fragment));
        Assert.Single(batch.Orphans);
    }

    [Fact]
    public void Limits_give_up_the_oldest()
    {
        var options = new PacketDecoderOptions { MaxFragmentedDatagrams = 2, MaxFragmentsPerDatagram = 3 };
        byte[][] many = [.. Enumerable.Range(0, 5).Select(i => Piece(new byte[64], 0, true, (ushort)i))];
        Decoded decoded = Decoded.Of(options, 1, many);
        Assert.Equal((3L, 2L), (decoded.Decoder.Counters.DatagramsEvicted, decoded.Decoder.Counters.DatagramsHeld));
        Assert.Equal([1, 2, 3], decoded.Batch.Orphans.Select(orphan => orphan.Number));

        byte[][] long_ = [.. Enumerable.Range(0, 3).Select(i => Piece(new byte[8], i * 2, true))];
        Assert.Equal(1, Decoded.Of(options, 1, long_).Decoder.Counters.DatagramsEvicted);
        var small = new PacketDecoderOptions { MaxFragmentBytes = 2_048 };
        Assert.True(Decoded.Of(small, 1, many).Decoder.Counters.DatagramsHeld < 5);
    }

    [Fact]
    public void Cut_fragment_never_completes_with_wrong_bytes()
    {
        List<byte[]> pieces = Frames.FragmentIpv4(Frames.Ipv4(6, Frames.Tcp(40_000, 80, Data)), 120);
        DecodedBatch batch = Batches.Of(1, Frames.Ethernet(pieces[1]));
        byte[] first = Frames.Ethernet(pieces[0]);
        Batches.Add(batch, 1, first.AsSpan(0, 90), Batches.StartNs + 1, first.Length);
        new PacketDecoder(new PacketDecoderOptions()).Decode(batch);
        Assert.True(batch.Decoded[1].Flags.HasFlag(DecodedFlags.Fragment));
    }

    private static byte[] Vxlan(byte[] inner) => Frames.Ipv4(17, Frames.Udp(50_000, 4789, [8, 0, 0, 0, 0, 0, 42, 0, .. Frames.Ethernet(inner)]));

    private static byte[] Piece(byte[] body, int unit, bool hasMore, ushort identification = 7) =>
        Frames.Ethernet(Frames.Ipv4("192.0.2.1", "198.51.100.1", 17, body, identification, (ushort)((hasMore ? 0x2000 : 0) | unit)));

    private static Decoded Overlap(FragmentPolicy policy, params (int Unit, char Letter, int Units)[] fragments)
    {
        // The datagram is of a protocol without ports, so that its payload is all of it; an empty last fragment would end it too early.
        int end = fragments.Max(fragment => fragment.Unit + fragment.Units);
        List<byte[]> frames = [];
        foreach ((int unit, char letter, int units) in fragments)
        {
            byte[] body = new byte[units * 8];
            Array.Fill(body, (byte)letter);
            frames.Add(Frames.Ethernet(Frames.Ipv4("192.0.2.1", "198.51.100.1", 253, body, 7, (ushort)(0x2000 | unit))));
        }

        frames.Add(Frames.Ethernet(Frames.Ipv4("192.0.2.1", "198.51.100.1", 253, [(byte)'.'], 7, (ushort)end)));
        return Decoded.Of(new PacketDecoderOptions { FragmentPolicy = policy }, 1, frames);
    }

    private static string Units(Decoded decoded) => string.Concat(decoded.LastPayload.SkipLast(1).Chunk(8).Select(unit => (char)unit.Distinct().Single()));

    private static void AssertWhole(Decoded decoded)
    {
        Assert.Equal(Data, decoded.LastPayload);
        Assert.Equal((40_000, 80), (decoded.Last.SourcePort, decoded.Last.DestinationPort));
        Assert.True(decoded.Last.Flags.HasFlag(DecodedFlags.Reassembled | DecodedFlags.HasTransport));
        Assert.Equal(0, decoded.Decoder.Counters.DatagramsHeld);
    }
}
