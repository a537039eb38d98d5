using Vittne.Packets.Facts;
using Vittne.TestKit;

namespace Vittne.Packets.Tests;

public sealed class PacketFactsTests
{
    private static readonly byte[] Data = [1, 2, 3, 4, 5];
    private static readonly PacketDecoderOptions Detailed = new() { CollectsFacts = true };

    public static TheoryData<string, byte[]> Chains => new()
    {
        { "eth ip tcp", Frames.Ethernet(Frames.Ipv4(6, Frames.Tcp(1, 2, Data))) },
        { "eth ipv6 udp", Frames.Ethernet(Frames.Ipv6(17, Frames.Udp(1, 2, Data))) },
        { "eth ipv6 ah icmpv6", Frames.Ethernet(Frames.Ipv6(51, [58, 4, 0, 0, .. new byte[20], .. Frames.Icmp(128, 0, Data)])) },
        { "eth vlan vlan ip sctp", Frames.Vlan(Frames.Ipv4(132, new byte[12]), 7, 8) },
        { "eth mpls ip udp", Frames.Ethernet([0, 1, 0, 64, 0, 2, 1, 64, .. Frames.Ipv4(17, Frames.Udp(1, 2, Data))], 0x8847) },
        { "eth ip gre erspan eth ip udp", Frames.Ethernet(Frames.Ipv4(47, [0, 0, 0x88, 0xBE, .. Frames.Ethernet(Frames.Ipv4(17, Frames.Udp(1, 2, Data)))])) },
        { "eth ip udp vxlan eth arp", Frames.Ethernet(Frames.Ipv4(17, Frames.Udp(1, 4789, [8, 0, 0, 0, 0, 0, 1, 0, .. Frames.Ethernet(new byte[28], 0x0806)]))) },
        { "eth ip igmp", Frames.Ethernet(Frames.Ipv4(2, Data)) },
        { "eth ip esp", Frames.Ethernet(Frames.Ipv4(50, new byte[40])) },
        { "eth ip udp udpencap esp", Frames.Ethernet(Frames.Ipv4(17, Frames.Udp(4500, 4500, [1, .. new byte[30]]))) },
        { "eth ip udp udpencap isakmp", Frames.Ethernet(Frames.Ipv4(17, Frames.Udp(4500, 4500, new byte[30]))) },
        { "eth lldp", Frames.Ethernet(Data, 0x88CC) },
        { "eth", Frames.Ethernet(Data, 0x1234) },
        { "eth", [1, 2, 3] },
        { "eth", [] },
    };

    [Theory]
    [MemberData(nameof(Chains))]
    public void Layers_are_named_from_the_outside_in(string layers, byte[] frame) => Assert.Equal(layers, string.Join(' ', Of(1, frame).Layers));

    [Fact]
    public void Every_packet_has_facts_only_when_they_are_asked_for()
    {
        byte[][] frames = [Frames.Ethernet(Frames.Ipv4(6, Frames.Tcp(1, 2, Data))), [], [1], Frames.Ethernet(Data, 0x0806)];
        Assert.Equal(4, Decoded.Of(Detailed, 1, frames).Batch.Facts.Count);
        Assert.Equal(2, Decoded.Of(Detailed, 147, Data, []).Batch.Facts.Count);
        Assert.Empty(Decoded.Of(new PacketDecoderOptions(), 1, frames).Batch.Facts);
    }

    [Fact]
    public void Fragments_and_the_packet_that_made_them_whole_name_each_other()
    {
        List<byte[]> pieces = Frames.FragmentIpv4(Frames.Ipv4(17, Frames.Udp(1, 2, new byte[100])), 48);
        byte[][] frames = [.. pieces.Select(static piece => Frames.Ethernet(piece))];
        var decoder = new PacketDecoder(Detailed);
        DecodedBatch batch = Batches.Of(1, [frames[0]]);
        decoder.Decode(batch);
        Assert.Null(batch.Facts[0].FragmentOf);

        // Of a fragment that was told before, only the packet that made the datagram whole can tell.
        batch = Batches.Of(1, [Frames.Ethernet(Data, 0x0806), .. frames[1..], frames[0]]);
        decoder.Decode(batch);
        Assert.Equal([null, 3, null, null], batch.Facts.Select(static facts => facts.FragmentOf));
        Assert.Equal([1, 2], batch.Facts[2].Fragments);
        Assert.Empty(batch.Facts[3].Fragments);
    }

    [Fact]
    public void Addresses_tags_and_labels_of_the_frame_are_told()
    {
        byte[] labelled = [.. Frames.Vlan([], 5, 6)[..^2], 0x88, 0x47, 0, 0, 0x70, 64, 0, 0, 0x81, 64, .. Frames.Ipv4(6, Frames.Tcp(1, 2, Data))];
        PacketFacts facts = Of(1, labelled);
        Assert.Equal((0x020000000002UL, 0x020000000001UL), (facts.SourceMac!.Value, facts.DestinationMac!.Value));
        Assert.Equal([5, 6], facts.Vlans);
        Assert.Equal([7, 8], facts.MplsLabels);
    }

    [Theory]
    [InlineData(0, 2, 1)]
    [InlineData(1, 2, 3)]
    [InlineData(2, 3, 1)]
    [InlineData(3, 4, 3)]
    public void Wireless_sender_and_receiver_depend_on_the_direction(byte direction, ulong source, ulong destination)
    {
        byte[] frame = [8, direction, 0, 0, .. Mac(1), .. Mac(2), .. Mac(3), 0, 0, .. Mac(4), 0, 0];
        PacketFacts facts = Of(105, frame);
        Assert.Equal((source, destination), (facts.SourceMac!.Value, facts.DestinationMac!.Value));
    }

    [Fact]
    public void Header_of_the_innermost_packet_counts()
    {
        byte[] inner = Frames.Ipv4("10.0.0.1", "10.0.0.2", 17, Frames.Udp(1, 2, Data), identification: 9);
        PacketFacts facts = Of(1, Frames.Ethernet(Frames.Ipv6(4, inner)));
        Assert.Equal((33, 9L, 0, false, 13), (facts.IpLength!.Value, facts.IpIdentification!.Value, facts.FragmentOffset!.Value, facts.HasMoreFragments!.Value, facts.UdpLength!.Value));

        facts = Of(1, Frames.Ethernet(Frames.Ipv4(41, Frames.Ipv6(6, Frames.Tcp(1, 2, Data, 77)))));
        Assert.Equal((25, 77u), (facts.IpLength!.Value, facts.TcpSequence!.Value));
        Assert.Null(facts.IpIdentification);
        Assert.Null(facts.FragmentOffset);
    }

    [Fact]
    public void Fragments_end_with_the_ip_header_and_the_one_that_completes_goes_on()
    {
        byte[] packet = Frames.Ipv4(17, Frames.Udp(1, 2, new byte[40]));
        List<PacketFacts> facts = Decoded.Of(Detailed, 1, [.. Frames.FragmentIpv4(packet, 24).Select(piece => Frames.Ethernet(piece))]).Batch.Facts;
        Assert.Equal(["eth ip", "eth ip udp"], facts.Select(each => string.Join(' ', each.Layers)));
        Assert.Equal([(0, true), (24, false)], facts.Select(each => (each.FragmentOffset!.Value, each.HasMoreFragments!.Value)));

        packet = Frames.Ipv6(17, Frames.Udp(1, 2, new byte[40]));
        facts = Decoded.Of(Detailed, 1, [.. Frames.FragmentIpv6(packet, 24).Select(piece => Frames.Ethernet(piece))]).Batch.Facts;
        Assert.Equal(["eth ipv6", "eth ipv6 udp"], facts.Select(each => string.Join(' ', each.Layers)));
        Assert.Equal([(0, true), (24, false)], facts.Select(each => (each.FragmentOffset!.Value, each.HasMoreFragments!.Value)));
    }

    [Fact]
    public void Datagram_quoted_by_an_icmp_error_is_told_and_stays_out_of_the_packet()
    {
        byte[] quoted = Frames.Ipv4("10.0.0.1", "10.0.0.2", 6, Frames.Tcp(40_000, 80, Data, 77))[..28];
        Decoded decoded = Decoded.Of(Detailed, 1, Frames.Ethernet(Frames.Ipv4(1, Frames.Icmp(3, 1, quoted))));
        PacketFacts facts = decoded.Batch.Facts[0];
        Assert.Equal("eth ip icmp", string.Join(' ', facts.Layers));
        Assert.Equal("192.0.2.1", decoded.Last.Source.ToString());
        Assert.Empty(decoded.LastTunnel);
        Assert.Empty(facts.Anomalies);
        Assert.Equal("ip tcp", string.Join(' ', facts.Quoted!.Layers));
        Assert.Equal("10.0.0.1 10.0.0.2 40000 80", $"{facts.Quoted.Packet.Source} {facts.Quoted.Packet.Destination} {facts.Quoted.Packet.SourcePort} {facts.Quoted.Packet.DestinationPort}");
        Assert.Equal(77u, facts.Quoted.TcpSequence);
    }

    [Fact]
    public void Quoted_fragments_are_not_put_together_and_quotes_in_quotes_are_not_read()
    {
        List<byte[]> pieces = Frames.FragmentIpv4(Frames.Ipv4(17, Frames.Udp(1, 2, new byte[40])), 24);
        Decoded decoded = Decoded.Of(Detailed, 1, [.. pieces.Select(piece => Frames.Ethernet(Frames.Ipv4(1, Frames.Icmp(11, 1, piece))))]);
        Assert.Equal(["ip udp", "ip"], decoded.Batch.Facts.Select(each => string.Join(' ', each.Quoted!.Layers)));
        Assert.Equal(0, decoded.Decoder.Counters.Fragments);

        byte[] nested = Frames.Ipv6(58, Frames.Icmp(1, 0, Frames.Ipv6(58, Frames.Icmp(1, 0, Frames.Ipv6(17, Frames.Udp(1, 2, Data))))));
        PacketFacts facts = Of(1, Frames.Ethernet(nested));
        Assert.Equal("ipv6 icmpv6", string.Join(' ', facts.Quoted!.Layers));
        Assert.Null(facts.Quoted.Quoted);
    }

    [Fact]
    public void Answers_to_echo_requests_quote_nothing() =>
        Assert.Null(Of(1, Frames.Ethernet(Frames.Ipv4(1, Frames.Icmp(0, 0, Frames.Ipv4(17, Frames.Udp(1, 2, Data)))))).Quoted);

    [Fact]
    public void All_that_is_wrong_is_told_once_and_in_order()
    {
        byte[] packet = Frames.Ipv4(17, Frames.Udp(1, 2, new byte[40]));
        List<byte[]> pieces = Frames.FragmentIpv4(packet, 24);
        byte[] other = [.. pieces[0][..28], 9, .. pieces[0][29..]];
        List<PacketFacts> facts = Decoded.Of(Detailed, 1, Frames.Ethernet(pieces[0]), Frames.Ethernet(other), Frames.Ethernet(pieces[1])).Batch.Facts;
        Assert.Equal(["", "frag.overlap", ""], facts.Select(each => string.Join(' ', each.Anomalies)));

        DecodedBatch cut = Batches.Of(1);
        byte[] frame = Frames.Ethernet(Frames.Ipv4(6, Frames.Tcp(1, 2, new byte[100])));
        Batches.Add(cut, 1, frame.AsSpan(0, 60), Batches.StartNs, frame.Length);
        new PacketDecoder(Detailed).Decode(cut);
        Assert.Equal(["ip.truncated"], cut.Facts[0].Anomalies);
    }

    private static PacketFacts Of(ushort linkType, byte[] frame) => Decoded.Of(Detailed, linkType, frame).Batch.Facts[0];

    private static byte[] Mac(byte last) => [0, 0, 0, 0, 0, last];
}
