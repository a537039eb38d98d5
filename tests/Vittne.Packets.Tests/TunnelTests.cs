using Vittne.TestKit;

namespace Vittne.Packets.Tests;

public sealed class TunnelTests
{
    private static readonly byte[] Data = [1, 2, 3, 4, 5];

    public static TheoryData<string, string, uint, Func<byte[], byte[]>> Forms => new()
    {
        { "ip in ip", "ip", 0, inner => Frames.Ipv4(4, inner) },
        { "ip in ipv6", "ip", 0, inner => Frames.Ipv6(4, inner) },
        { "etherip", "etherip", 0, inner => Frames.Ipv4(97, [0x30, 0, .. Frames.Ethernet(inner)]) },
        { "gre", "gre", 0, inner => Frames.Ipv4(47, [0, 0, 8, 0, .. inner]) },
        { "gre with checksum, key and sequence", "gre", 7, inner => Frames.Ipv4(47, [0xB0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 1, .. inner]) },
        { "gre with routes", "gre", 0, inner => Frames.Ipv4(47, [0x40, 0, 8, 0, 0, 0, 0, 0, 0, 8, 0, 4, 9, 9, 9, 9, 0, 0, 0, 0, .. inner]) },
        { "nvgre", "nvgre", 42, inner => Frames.Ipv4(47, [0x20, 0, 0x65, 0x58, 0, 0, 42, 1, .. Frames.Ethernet(inner)]) },
        { "mpls in gre", "gre", 0, inner => Frames.Ipv4(47, [0, 0, 0x88, 0x47, 0, 1, 1, 0x40, .. inner]) },
        { "erspan I", "erspan", 0, inner => Frames.Ipv4(47, [0, 0, 0x88, 0xBE, .. Frames.Ethernet(inner)]) },
        { "erspan II", "erspan", 5, inner => Frames.Ipv4(47, [0x10, 0, 0x88, 0xBE, 0, 0, 0, 1, 0x10, 0, 0, 5, 0, 0, 0, 0, .. Frames.Ethernet(inner)]) },
        { "erspan III", "erspan", 5, inner => Frames.Ipv4(47, [0x10, 0, 0x22, 0xEB, 0, 0, 0, 1, 0x20, 0, 0, 5, .. new byte[8], .. Frames.Ethernet(inner)]) },
        { "pptp", "pptp", 9, inner => Frames.Ipv4(47, [0x30, 1, 0x88, 0x0B, 0, (byte)(inner.Length + 4), 0, 9, 0, 0, 0, 1, 0xFF, 3, 0, 0x21, .. inner]) },
        { "pim register", "pim", 0, inner => Frames.Ipv4(103, [0x21, 0, 0, 0, 0, 0, 0, 0, .. inner]) },
        { "mpls in ip", "mpls", 0, inner => Frames.Ipv4(137, [0, 1, 1, 0x40, .. inner]) },
        { "l2tp v3 with cookie", "l2tp", 3, inner => Frames.Ipv4(115, [0, 0, 0, 3, 0xC0, 0xFF, 0xEE, 1, .. Frames.Ethernet(inner)]) },
        { "l2tp v2", "l2tp", 0x00020003, inner => Udp(1701, [0, 2, 0, 2, 0, 3, 0xFF, 3, 0, 0x21, .. inner]) },
        { "vxlan", "vxlan", 42, inner => Udp(4789, [8, 0, 0, 0, 0, 0, 42, 0, .. Frames.Ethernet(inner)]) },
        { "vxlan with reserved bits", "vxlan", 0x4D, inner => Udp(4789, [8, 1, 2, 3, 0, 0, 0x4D, 0xFF, .. Frames.Ethernet(inner)]) },
        { "vxlan on another port", "vxlan", 42, inner => Udp(9_000, [8, 0, 0, 0, 0, 0, 42, 0, .. Frames.Ethernet(inner)]) },
        { "vxlan with a vlan inside", "vxlan", 42, inner => Udp(4789, [8, 0, 0, 0, 0, 0, 42, 0, .. Frames.Vlan(inner, 3)]) },
        { "vxlan-gpe", "vxlan", 42, inner => Udp(4790, [0x0C, 0, 0, 1, 0, 0, 42, 0, .. inner]) },
        { "geneve with options", "geneve", 42, inner => Udp(6081, [1, 0, 0x65, 0x58, 0, 0, 42, 0, 1, 2, 3, 0, .. Frames.Ethernet(inner)]) },
        { "gtp-u", "gtp", 1, inner => Udp(2152, [0x30, 255, .. Frames.UInt16((ushort)inner.Length), 0, 0, 0, 1, .. inner]) },
        { "gtp-u with extension", "gtp", 1, inner => Udp(2152, [0x34, 255, .. Frames.UInt16((ushort)(inner.Length + 8)), 0, 0, 0, 1, 0, 0, 0, 0x85, 1, 0, 0, 0, .. inner]) },
        { "gtp-u on another port", "gtp", 1, inner => Udp(9_000, [0x30, 255, .. Frames.UInt16((ushort)inner.Length), 0, 0, 0, 1, .. inner]) },
        { "gtp version 0", "gtp", 6, inner => Udp(3386, [0x1E, 255, 0, 0, 0, 0, 0, 6, .. new byte[12], .. inner]) },
        { "capwap", "capwap", 0, inner => Udp(5247, [0, 0x10, 0, 0, 0, 0, 0, 0, .. Frames.Ethernet(inner)]) },
        {
            "capwap with the bytes of two-byte fields turned",
            "capwap",
            0,
            inner => Udp(5247, [0, 0x10, 3, 0, 0, 0, 0, 0, 1, 8, 0x2C, 0, .. new byte[18], 0x76, 0x30, 0xAA, 0xAA, 3, 0, 0, 0, 8, 0, .. inner])
        },
        { "tzsp", "tzsp", 0, inner => Udp(37008, [1, 0, 0, 1, 0, 11, 2, 9, 9, 1, .. Frames.Ethernet(inner)]) },
        { "gue", "gue", 0, inner => Udp(6080, [0, 4, 0, 0, .. inner, 0, 0, 0]) },
        { "fou", "fou", 0, inner => Udp(5555, inner) },
        { "lisp", "lisp", 0, inner => Udp(4341, [0x80, 0, 0, 0, 0, 0, 0, 0, .. inner]) },
        { "gre in udp", "gre", 0, inner => Udp(4754, [0, 0, 8, 0, .. inner]) },
        { "mpls in udp", "mpls", 0, inner => Udp(6635, [0, 1, 1, 0x40, .. inner]) },
        { "ayiya from the server", "ayiya", 0, inner => Frames.Ipv4(17, Frames.Udp(5072, 50_000, [0x40, 0x50, 1, 4, 0, 0, 0, 0, .. new byte[16 + 20], .. inner])) },
        { "ayiya", "ayiya", 0, inner => Udp(5072, [0x40, 0x50, 1, 4, 0, 0, 0, 0, .. new byte[16 + 20], .. inner]) },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void Inner_packet_is_told_with_the_tunnel_around_it(string name, string type, uint id, Func<byte[], byte[]> form)
    {
        byte[] request = Frames.Ipv4("10.0.0.1", "10.0.0.2", 6, Frames.Tcp(40_000, 80, Data));
        Decoded decoded = Decoded.Ethernet(Frames.Ethernet(form(request)));
        Assert.Equal("10.0.0.1 10.0.0.2", $"{decoded.Last.Source} {decoded.Last.Destination}");
        Assert.Equal((40_000, 80), (decoded.Last.SourcePort, decoded.Last.DestinationPort));
        Assert.Equal(Data, decoded.LastPayload);
        Assert.Equal((type, id), (Assert.Single(decoded.LastTunnel).Type, decoded.LastTunnel[0].Id));
        Assert.NotEqual(0UL, decoded.Last.TunnelKey);
        Assert.True(decoded.Last.Anomaly == AnomalyKind.None, name);
    }

    [Fact]
    public void Tunnel_of_more_bytes_than_length_fields_hold_is_followed()
    {
        byte[] segment = Frames.Ipv6(6, Frames.Tcp(40_000, 80, new byte[70_000]));
        byte[] outer = Udp(4789, [8, 0, 0, 0, 0, 0, 42, 0, .. Frames.Ethernet(segment)]);

        // Segmentation offload leaves the lengths of the IP headers and of UDP at 0.
        outer.AsSpan(2, 2).Clear();
        outer.AsSpan(24, 2).Clear();
        outer.AsSpan(20 + 8 + 8 + 14 + 4, 2).Clear();
        Decoded decoded = Decoded.Ethernet(Frames.Ethernet(outer));
        Assert.Equal((40_000, 80, 70_000), (decoded.Last.SourcePort, decoded.Last.DestinationPort, decoded.Last.PayloadLength));
        Assert.Equal(AnomalyKind.None, decoded.Last.Anomaly);
    }

    [Fact]
    public void Six_in_four_and_teredo_carry_ipv6()
    {
        byte[] inner = Frames.Ipv6("2001:0:1::1", "2001:db8::2", 6, Frames.Tcp(40_000, 80, Data));
        foreach (byte[] outer in (byte[][])[Frames.Ipv4(41, inner), Udp(3544, inner), Udp(9_000, [0, 0, 1, 2, 3, 4, 5, 6, .. inner])])
        {
            Decoded decoded = Decoded.Ethernet(Frames.Ethernet(outer));
            Assert.Equal("2001:0:1::1", decoded.Last.Source.ToString());
            Assert.Equal(Data, decoded.LastPayload);
            Assert.Single(decoded.LastTunnel);
        }
    }

    [Fact]
    public void Minimal_encapsulation_gives_the_original_addresses()
    {
        byte[] outer = Frames.Ipv4(55, [17, 0x80, 0, 0, 10, 0, 0, 2, 10, 0, 0, 1, .. Frames.Udp(1, 2, Data)]);
        Decoded decoded = Decoded.Ethernet(Frames.Ethernet(outer));
        Assert.Equal("10.0.0.1 10.0.0.2", $"{decoded.Last.Source} {decoded.Last.Destination}");
        Assert.Equal("minimal", decoded.LastTunnel[0].Type);
    }

    [Fact]
    public void Tunnel_key_and_hash_are_the_same_in_both_directions_and_differ_from_the_bare_flow()
    {
        byte[] there = Frames.Ipv4(17, Frames.Udp(1, 4789, [8, 0, 0, 0, 0, 0, 1, 0, .. Frames.Ethernet(Frames.Ipv4(6, Frames.Tcp(5, 80, Data)))]));
        byte[] back = Frames.Ipv4(17, Frames.Udp(9, 4789, [8, 0, 0, 0, 0, 0, 1, 0, .. Frames.Ethernet(Frames.Ipv4(6, Frames.Tcp(80, 5, Data), isReply: true))]), isReply: true);
        byte[] bare = Frames.Ipv4(6, Frames.Tcp(5, 80, Data));
        DecodedPacket[] packets = Decoded.Ethernet(Frames.Ethernet(there), Frames.Ethernet(back), Frames.Ethernet(bare)).Batch.Decoded;
        Assert.Equal(packets[0].TunnelKey, packets[1].TunnelKey);
        Assert.Equal(packets[0].FlowHash, packets[1].FlowHash);
        Assert.Equal(0UL, packets[2].TunnelKey);
        Assert.NotEqual(packets[0].FlowHash, packets[2].FlowHash);
    }

    [Fact]
    public void Endpoint_ids_that_each_side_chooses_do_not_split_the_flow()
    {
        static byte[] Gtp(byte[] inner, byte id, bool isReply) =>
            Frames.Ethernet(Frames.Ipv4(17, Frames.Udp(2152, 2152, [0x30, 255, .. Frames.UInt16((ushort)inner.Length), 0, 0, 0, id, .. inner]), isReply));
        DecodedPacket[] packets = Decoded.Ethernet(
            Gtp(Frames.Ipv4(17, Frames.Udp(1, 53, Data)), 1, false),
            Gtp(Frames.Ipv4(17, Frames.Udp(53, 1, Data), isReply: true), 2, true)).Batch.Decoded;
        Assert.Equal(packets[0].TunnelKey, packets[1].TunnelKey);
        Assert.Equal(packets[0].FlowHash, packets[1].FlowHash);
    }

    [Fact]
    public void Datagram_on_a_tunnel_port_without_a_packet_inside_stays_what_it_is()
    {
        byte[] payload = [8, 0, 0, 0, 0, 0, 1, 0, .. Frames.Ethernet(new byte[40], 0x0806)];
        Decoded decoded = Decoded.Ethernet(Frames.Ethernet(Udp(4789, payload)));
        Assert.Equal(4789, decoded.Last.DestinationPort);
        Assert.Equal(payload, decoded.LastPayload);
        Assert.Empty(decoded.LastTunnel);
        Assert.Equal(0UL, decoded.Last.TunnelKey);
    }

    [Fact]
    public void Nine_ip_headers_are_too_many_and_eight_are_kept()
    {
        byte[] packet = Frames.Ipv4("10.0.0.1", "10.0.0.2", 17, Frames.Udp(1, 2, Data));
        for (int i = 0; i < 8; i++)
        {
            packet = Frames.Ipv4(4, packet);
        }

        Decoded decoded = Decoded.Ethernet(Frames.Ethernet(packet));
        Assert.Equal(AnomalyKind.DecodeDepth, decoded.Last.Anomaly);
        Assert.Equal(7, decoded.LastTunnel.Length);
    }

    private static byte[] Udp(ushort port, byte[] payload) => Frames.Ipv4(17, Frames.Udp(50_000, port, payload));
}
