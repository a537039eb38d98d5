using Vittne.TestKit;

namespace Vittne.Packets.Tests;

public sealed class LinkTypeTests
{
    private static readonly byte[] Data = [1, 2, 3, 4, 5];
    private static readonly byte[] Packet = Frames.Ipv4(17, Frames.Udp(1111, 53, Data));
    private static readonly byte[] Snap = [0xAA, 0xAA, 3, 0, 0, 0, 8, 0];
    private static readonly byte[] Wireless = [8, 0, .. Zeros(22), .. Snap];

    public static TheoryData<ushort, string, byte[]> Headers => new()
    {
        { 0, "BSD loopback, little endian", [2, 0, 0, 0] },
        { 0, "BSD loopback, big endian", [0, 0, 0, 2] },
        { 1, "Ethernet", [.. Zeros(12), 8, 0] },
        { 1, "IEEE 802.3 with SNAP", [.. Zeros(12), 0, (byte)(8 + Packet.Length), .. Snap] },
        { 1, "802.1Q", [.. Zeros(12), 0x81, 0, 0, 10, 8, 0] },
        { 1, "802.1ad and 802.1Q", [.. Zeros(12), 0x88, 0xA8, 0, 20, 0x81, 0, 0, 10, 8, 0] },
        { 1, "802.1ah", [.. Zeros(12), 0x88, 0xE7, 0, 0, 0, 1, .. Zeros(12), 8, 0] },
        { 1, "MPLS with two labels", [.. Zeros(12), 0x88, 0x47, 0, 1, 0, 0x40, 0, 2, 1, 0x40] },
        { 1, "MPLS pseudowire with control word", [.. Zeros(12), 0x88, 0x47, 0, 1, 1, 0x40, 0, 0, 0, 0, .. Zeros(12), 8, 0] },
        { 1, "PPPoE", [.. Zeros(12), 0x88, 0x64, 0x11, 0, 0, 1, 0, (byte)(2 + Packet.Length), 0, 0x21] },
        { 1, "MACsec without encryption", [.. Zeros(12), 0x88, 0xE5, 0, 0, 0, 0, 0, 1, 8, 0] },
        { 1, "TRILL", [.. Zeros(12), 0x22, 0xF3, 0, 1, 0, 1, 0, 2, .. Zeros(12), 8, 0] },
        { 1, "FabricPath", [.. Zeros(12), 0x89, 0x03, 0, 1, .. Zeros(12), 8, 0] },
        { 1, "NSH", [.. Zeros(12), 0x89, 0x4F, 0x0F, 0xC6, 2, 1, 0, 0, 1, 255, .. Zeros(16)] },
        { 6, "token ring", [0x10, 0x40, .. Zeros(12), .. Snap] },
        { 6, "token ring with source routing", [0x10, 0x40, .. Zeros(6), 0x80, .. Zeros(5), 4, 0, 0, 0, .. Snap] },
        { 8, "SLIP", [0, 0x45, .. Zeros(14)] },
        { 9, "PPP", [0xFF, 3, 0, 0x21] },
        { 9, "PPP, both fields compressed", [0x21] },
        { 9, "PPP without address and control", [0, 0x21] },
        { 9, "PPP multilink, whole in one fragment", [0xFF, 3, 0, 0x3D, 0xC0, 0, 0, 1, 0, 0x21] },
        { 9, "PPP around MPLS", [0xFF, 3, 2, 0x81, 0, 1, 1, 0x40] },
        { 10, "FDDI", [0x50, .. Zeros(12), .. Snap] },
        { 12, "raw", [] },
        { 14, "raw", [] },
        { 101, "raw", [] },
        { 50, "Cisco HDLC on a PPP line", [0x0F, 0, 8, 0] },
        { 50, "PPP", [0xFF, 3, 0, 0x21] },
        { 51, "PPPoE", [0x11, 0, 0, 1, 0, (byte)(2 + Packet.Length), 0, 0x21] },
        { 100, "RFC 1483", Snap },
        { 104, "Cisco HDLC", [0x0F, 0, 8, 0] },
        { 105, "IEEE 802.11", Wireless },
        { 105, "IEEE 802.11 with QoS", [0x88, 0, .. Zeros(22), 0, 0, .. Snap] },
        { 106, "classical IP over ATM", [] },
        { 107, "frame relay with NLPID", [0x18, 0x41, 3, 0xCC] },
        { 107, "frame relay with SNAP", [0x18, 0x41, 3, 0, 0x80, 0, 0, 0, 8, 0] },
        { 107, "frame relay of Cisco", [0x18, 0x41, 8, 0] },
        { 107, "frame relay with an address of three bytes", [0x18, 0x40, 0x41, 3, 0xCC] },
        { 107, "frame relay with an address of four bytes", [0x18, 0x40, 0x40, 0x41, 3, 0xCC] },
        { 108, "OpenBSD loopback", [0, 0, 0, 2] },
        { 113, "Linux cooked", [.. Zeros(14), 8, 0] },
        { 276, "Linux cooked, version 2", [8, 0, .. Zeros(18)] },
        { 113, "Linux cooked with 802.1Q", [0, 4, 0, 1, 0, 6, .. Zeros(8), 0x81, 0, 0, 100, 8, 0] },
        { 113, "Linux cooked with 802.2", [.. Zeros(14), 0, 4, .. Snap] },
        { 113, "Linux cooked around frame relay", [0, 0, 3, 2, .. Zeros(12), 0x18, 0x41, 3, 0xCC] },
        { 276, "Linux cooked, version 2, with 802.1Q", [0x81, 0, .. Zeros(18), 0, 100, 8, 0] },
        { 276, "Linux cooked, version 2, around GRE's packet", [8, 0, .. Zeros(6), 3, 10, .. Zeros(10)] },
        { 117, "packet filter log", [61, 2, .. Zeros(62)] },
        { 117, "packet filter log of OpenBSD 3.4", [48, 2, .. Zeros(46)] },
        { 117, "packet filter log with 100 bytes", [100, 2, .. Zeros(98)] },
        { 119, "Prism", [0x44, 0, 0, 0, 144, 0, 0, 0, .. Zeros(136), .. Wireless] },
        { 122, "IP over fibre channel", [.. Zeros(16), .. Snap] },
        { 106, "classical IP over ATM with SNAP", Snap },
        { 123, "ATM on Solaris, LAN emulation", [1, 0, 0, 5, 0, 0, .. Zeros(12), 8, 0] },
        { 123, "ATM on Solaris", [2, 0, 0, 5, .. Snap] },
        { 127, "radiotap", [0, 0, 9, 0, 2, 0, 0, 0, 0, .. Wireless] },
        { 127, "radiotap with a time stamp, two words and a check sequence", [0, 0, 25, 0, 3, 0, 0, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, .. Zeros(8), 0, .. Wireless] },
        { 129, "ARCNET", [1, 2, 0, 0, 212, 0, 0, 0] },
        { 129, "ARCNET, RFC 1051", [1, 2, 0, 0, 240] },
        { 138, "FireWire", [.. Zeros(16), 8, 0] },
        { 163, "AVS", [0x80, 0x21, 0x10, 1, 0, 0, 0, 64, .. Zeros(56), .. Wireless] },
        { 178, "Juniper Ethernet", [0x4D, 0x47, 0x43, 0x80, 0, 3, 1, 1, 0, .. Zeros(12), 8, 0] },
        { 178, "Juniper Ethernet without extensions", [0x4D, 0x47, 0x43, 0, .. Zeros(12), 8, 0] },
        { 130, "Juniper multilink PPP", [0x4D, 0x47, 0x43, 0, 0, 0, 0, 0] },
        { 164, "Juniper monitor", [0x4D, 0x47, 0x43, 0, 0, 0, 0, 0] },
        { 179, "Juniper PPP", [0x4D, 0x47, 0x43, 0, 0, 0, 0, 0, 0, 0x21] },
        { 132, "Juniper with a cookie", [0x4D, 0x47, 0x43, 0, 9, 9, 9, 9, 9, 9] },
        { 182, "multilink frame relay", [0xC0, 0, 0x18, 0x41, 3, 0xCC] },
        { 192, "PPI around Ethernet", [0, 0, 8, 0, 1, 0, 0, 0, .. Zeros(12), 8, 0] },
        { 226, "IPNET", [1, 2, .. Zeros(22)] },
        { 228, "IPv4", [] },
        { 239, "NFLOG", [2, 0, 0, 0, 8, 0, 1, 0, 0, 0, 0, 0, (byte)(4 + Packet.Length), 0, 9, 0] },
        { 166, "PPP with direction of pppd", [0, 0, 0, 0x21] },
        { 204, "PPP with direction", [1, 0xFF, 3, 0, 0x21] },
        { 205, "Cisco HDLC with direction", [1, 0x0F, 0, 8, 0] },
        { 206, "frame relay with direction", [1, 0x18, 0x41, 3, 0xCC] },
        { 242, "IP over InfiniBand", [.. Zeros(40), 8, 0, 0, 0] },
        { 258, "PKTAP around Ethernet", [12, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, .. Zeros(12), 8, 0] },
        { 281, "Broadcom tag", [.. Zeros(16), 8, 0] },
        { 282, "Broadcom tag in front", [.. Zeros(16), 8, 0] },
        { 284, "DSA", [.. Zeros(16), 8, 0] },
        { 285, "EDSA", [.. Zeros(12), 0xDA, 0xDA, .. Zeros(6), 8, 0] },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public void Packet_behind_the_header_is_found(ushort linkType, string name, byte[] header)
    {
        Decoded decoded = Decoded.Of(linkType, [.. header, .. Packet]);
        bool isSigned = name.StartsWith("MACsec", StringComparison.Ordinal);
        if (isSigned)
        {
            decoded = Decoded.Of(linkType, [.. header, .. Packet, .. Zeros(16)]);
        }

        Assert.Equal(DecodedFlags.HasIp | DecodedFlags.HasPorts | DecodedFlags.HasTransport, decoded.Last.Flags);
        Assert.Equal((1111, 53), (decoded.Last.SourcePort, decoded.Last.DestinationPort));
        Assert.Equal(Data, decoded.LastPayload);
        Assert.Equal(AnomalyKind.None, decoded.Last.Anomaly);
        Assert.Equal(0UL, decoded.Last.TunnelKey);
    }

    [Theory]
    [InlineData(0, new byte[] { 10, 0, 0, 0 })]
    [InlineData(0, new byte[] { 0, 0, 0, 23 })]
    [InlineData(0, new byte[] { 24, 0, 0, 0 })]
    [InlineData(0, new byte[] { 0, 0, 0, 28 })]
    [InlineData(0, new byte[] { 30, 0, 0, 0 })]
    [InlineData(101, new byte[0])]
    [InlineData(108, new byte[] { 0, 0, 0, 24 })]
    [InlineData(229, new byte[0])]
    [InlineData(9, new byte[] { 0, 0x57 })]
    [InlineData(107, new byte[] { 0x18, 0x41, 3, 0x8E })]
    [InlineData(129, new byte[] { 1, 2, 0, 0, 196, 0, 0, 0 })]
    [InlineData(239, new byte[] { 10, 0, 0, 0, 0, 57, 0, 9 })]
    public void Ipv6_is_found_under_each_number_that_families_have(ushort linkType, byte[] header)
    {
        Decoded decoded = Decoded.Of(linkType, [.. header, .. Frames.Ipv6(17, Frames.Udp(1111, 53, Data))]);
        Assert.Equal("2001:db8::1", decoded.Last.Source.ToString());
        Assert.Equal(Data, decoded.LastPayload);
    }

    [Theory]
    [InlineData(0, new byte[] { 7, 0, 0, 0, 0x81, 1 })]
    [InlineData(8, new byte[] { 0, 0x80, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 })]
    [InlineData(113, new byte[] { 0, 0, 0, 1, 0, 6, 1, 2, 3, 4, 5, 6, 0, 0, 0, 12, 1, 2, 3 })]
    [InlineData(140, new byte[] { 1, 2, 3 })]
    [InlineData(149, new byte[] { 1, 2, 3 })]
    [InlineData(189, new byte[] { 1, 2, 3 })]
    [InlineData(195, new byte[] { 1, 2, 3 })]
    [InlineData(271, new byte[] { 1, 2, 3 })]
    public void What_holds_no_network_layer_is_counted_without_complaint(ushort linkType, byte[] frame)
    {
        Decoded decoded = Decoded.Of(linkType, frame);
        Assert.Equal((AnomalyKind.None, DecodedFlags.None), (decoded.Last.Anomaly, decoded.Last.Flags));
        Assert.Equal(1, decoded.Decoder.Counters.NotIp);
        Assert.Empty(decoded.Decoder.Counters.Warnings);
    }

    [Fact]
    public void Ethernet_padding_and_check_sequences_are_no_payload()
    {
        byte[] padded = [.. Frames.Ethernet(Packet), .. Zeros(13)];
        Assert.Equal(Data, Decoded.Ethernet(padded).LastPayload);
        byte[] tagged = [.. Frames.Vlan(Packet, 5), .. Zeros(9)];
        Assert.Equal(Data, Decoded.Ethernet(tagged).LastPayload);
    }

    [Fact]
    public void Unknown_link_type_is_counted_and_told_once()
    {
        Decoded decoded = Decoded.Of(9_999, Packet, Packet);
        Assert.Equal(AnomalyKind.LinkUnknown, decoded.Last.Anomaly);
        Assert.Equal([("link type 9999", 2L)], decoded.Decoder.Counters.NotDecoded());
        Assert.Single(decoded.Decoder.Counters.Warnings);
    }

    [Fact]
    public void Link_type_for_private_use_is_read_as_the_user_says()
    {
        var options = new PacketDecoderOptions { AssumedLinkType = 101 };
        Assert.Equal(Data, Decoded.Of(options, 150, Packet).LastPayload);
    }

    [Theory]
    [InlineData(1_500, AnomalyKind.None)]
    [InlineData(1_501, AnomalyKind.EthLength)]
    [InlineData(1_535, AnomalyKind.EthLength)]
    [InlineData(1_536, AnomalyKind.None)]
    public void Type_field_between_length_and_type_is_told(ushort type, AnomalyKind expected) =>
        Assert.Equal(expected, Decoded.Ethernet(Frames.Ethernet(new byte[60], type)).Last.Anomaly);

    [Fact]
    public void Seventeen_labels_and_seventeen_tags_are_too_many()
    {
        byte[] labels = new byte[17 * 4];
        Assert.Equal(AnomalyKind.MplsDepth, Decoded.Ethernet(Frames.Ethernet([.. labels, .. Packet], 0x8847)).Last.Anomaly);
        byte[] tagged = Frames.Vlan(Packet, new ushort[17]);
        Assert.Equal(AnomalyKind.DecodeDepth, Decoded.Ethernet(tagged).Last.Anomaly);
    }

    private static byte[] Zeros(int count) => new byte[count];
}
