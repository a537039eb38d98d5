using Vittne.TestKit;

namespace Vittne.Capture.Tests.Filters;

/// <summary>Facts that were found by asking tcpdump 4.99.3 with libpcap 1.10.3.</summary>
public sealed class MeaningTests
{
    private static readonly byte[] Tcp = FilterCases.Tcp();
    private static readonly byte[] Tcp6 = FilterCases.Tcp6();

    [Theory]
    [InlineData("host 192.0", true)]
    [InlineData("host 192", false)]
    [InlineData("net 192", true)]
    [InlineData("host 0xc0000201", true)]
    [InlineData("net 192.0.2.0 mask 255.255.255.0", true)]
    [InlineData("net 192.0.0.0 mask 255.0.0.255", false)]
    [InlineData("net 192.0.0.1 mask 255.0.0.255", true)]
    [InlineData("src 192.0.2.0/24", true)]
    [InlineData("dst 192.0.2.0/24", false)]
    [InlineData("net 0.0.0.0/0", true)]
    [InlineData("net ::/0", false)]
    [InlineData("src and dst net 192.0", false)]
    [InlineData("port http", true)]
    [InlineData("portrange 90-70", true)]
    [InlineData("src portrange 70-90", false)]
    [InlineData("tcp portrange 80", true)]
    [InlineData("udp port 80", false)]
    [InlineData("proto \\tcp", true)]
    [InlineData("ip protochain 6", true)]
    [InlineData("ether src 2:0:0:0:0:2", true)]
    [InlineData("ether dst 2:0:0:0:0:2", false)]
    [InlineData("ether[6:4] = 0x02000000 and ether[11] = 2", true)]
    [InlineData("less 53", false)]
    [InlineData("less 54 and greater 54", true)]
    [InlineData("byte 23 = 6", true)]
    [InlineData("1 << tcp[13] * 16 = 0", true)]
    [InlineData("tcp[13] & (tcp-syn|tcp-ack) == tcp-syn", true)]
    [InlineData("ip[2:2] = len - 14", true)]
    [InlineData("", true)]
    public void Addresses_ports_and_bytes_of_a_tcp_packet(string expression, bool matches) =>
        Assert.Equal(matches, FilterCases.Matches(expression, Tcp));

    [Fact]
    public void Tcp_matches_later_fragments_but_ports_and_bytes_of_tcp_do_not()
    {
        byte[] later = FilterCases.Tcp(fragment: 100);
        Assert.True(FilterCases.Matches("tcp", later));
        Assert.False(FilterCases.Matches("tcp port 80", later));
        Assert.True(FilterCases.Matches("not port 80", later));
        Assert.False(FilterCases.Matches("tcp[0:2] >= 0", later));
        Assert.True(FilterCases.Matches("port 80", FilterCases.Tcp(fragment: 0x2000)));
    }

    [Fact]
    public void Bytes_of_tcp_are_those_of_ipv4_only()
    {
        Assert.True(FilterCases.Matches("tcp and ip6 and port 80", Tcp6));
        Assert.False(FilterCases.Matches("tcp[13] = 2", Tcp6));
        Assert.True(FilterCases.Matches("tcp[13] = 2", Tcp));
        Assert.True(FilterCases.Matches("ip6[53] = 2", Tcp6));
    }

    [Fact]
    public void Ports_are_not_looked_for_behind_extension_headers_of_ipv6()
    {
        byte[] extended = Frames.Ethernet(Frames.Ipv6(60, Frames.Ipv6Extension(6, FilterCases.TcpHeader(80))));
        Assert.False(FilterCases.Matches("port 80", extended));
        Assert.False(FilterCases.Matches("tcp", extended));
        Assert.True(FilterCases.Matches("ip6 protochain 6", extended));
        Assert.False(FilterCases.Matches("ip6 protochain 17", extended));
        byte[] fragment = Frames.Ethernet(Frames.Ipv6(44, Frames.Ipv6Fragment(6, 0, true, 1, FilterCases.TcpHeader(80))));
        Assert.True(FilterCases.Matches("tcp", fragment));
        Assert.True(FilterCases.Matches("ip6 proto 44", fragment));
        Assert.False(FilterCases.Matches("port 80", fragment));
    }

    [Fact]
    public void Load_beyond_the_captured_bytes_refuses_the_packet_wherever_it_stands()
    {
        Assert.False(FilterCases.Matches("not tcp[100] = 1", Tcp));
        Assert.False(FilterCases.Matches("ether[60] = 0 or ip", Tcp));
        Assert.True(FilterCases.Matches("ip or ether[60] = 0", Tcp));
        Assert.False(FilterCases.Matches("ip[0 - 1] = 0 or ip", Tcp));
        byte[] cut = Tcp[..35];
        Assert.False(FilterCases.Matches("port 80", cut));
        Assert.False(FilterCases.Matches("not port 80", cut));
        Assert.False(FilterCases.Matches("ip[8] & 0 = 1 or ether[99] ^ ether[99] = 0 or ip", Tcp));
    }

    [Fact]
    public void Division_by_a_zero_of_the_packet_refuses_it()
    {
        Assert.False(FilterCases.Matches("tcp[13] / tcp[8:4] = 0 or ip6 or ip", Tcp));
        Assert.False(FilterCases.Matches("not tcp[13] % tcp[8:4] = 0", Tcp));
        Assert.True(FilterCases.Matches("tcp[13] / 2 = 1", Tcp));
    }

    [Fact]
    public void Implied_test_of_a_right_operand_is_lost()
    {
        byte[] arp = Frames.Ethernet(new byte[28], 0x0806);
        Assert.False(FilterCases.Matches("ip[0] + 0 >= 0", arp));
        Assert.True(FilterCases.Matches("0 + ip[0] >= 0", arp));
        Assert.False(FilterCases.Matches("0 = ip[0]", arp));
    }

    [Fact]
    public void Len_is_the_length_on_the_wire()
    {
        Assert.True(FilterCases.Matches("len = 1500", Tcp, length: 1500));
        Assert.True(FilterCases.Matches("greater 1500", Tcp[..20], length: 1500));
    }

    [Fact]
    public void Vlan_moves_offsets_of_all_to_its_right_negated_or_not()
    {
        byte[] tagged = FilterCases.Tagged(Tcp, 6);
        Assert.True(FilterCases.Matches("vlan and tcp port 80", tagged));
        Assert.True(FilterCases.Matches("vlan 6", tagged));
        Assert.False(FilterCases.Matches("vlan 7", tagged));
        Assert.False(FilterCases.Matches("tcp port 80", tagged));
        Assert.False(FilterCases.Matches("not vlan and tcp port 80", Tcp));
        Assert.False(FilterCases.Matches("vlan or tcp port 80", Tcp));
        Assert.True(FilterCases.Matches("tcp port 80 or vlan", Tcp));
        Assert.True(FilterCases.Matches("tcp port 80 or (vlan and tcp port 80)", tagged));
        Assert.True(FilterCases.Matches("vlan and ether src 2:0:0:0:0:2 or ether[12:2] = 0x8100", tagged));
        byte[] twice = FilterCases.Tagged(tagged, 5, 0x9100);
        Assert.True(FilterCases.Matches("vlan 5 and vlan 6 and tcp", twice));
        Assert.False(FilterCases.Matches("vlan 6", twice));
        Assert.True(FilterCases.Matches("vlan 7 or vlan 6", twice));
    }

    [Fact]
    public void Mpls_pppoe_and_overlays_lead_to_what_is_inside()
    {
        byte[] ip = Frames.Ipv4(6, FilterCases.TcpHeader(80));
        byte[] mpls = Frames.Ethernet([.. new Bytes().U32(0x00010040).U32(0x00064140).ToArray(), .. ip], 0x8847);
        Assert.True(FilterCases.Matches("mpls 16 and mpls 100 and tcp port 80", mpls));
        Assert.False(FilterCases.Matches("mpls 16 and tcp port 80", mpls));
        byte[] pppoe = Frames.Ethernet([.. new Bytes().U16(0x1100).U16(7).U16(42).U16(0x0021).ToArray(), .. ip], 0x8864);
        Assert.True(FilterCases.Matches("pppoes 7 and tcp port 80 and link[0:2] = 0x21", pppoe));
        byte[] geneve = Overlay(6081, new Bytes().U16(0x0100).U16(0x6558).U32(10 << 8).U32(0).ToArray());
        Assert.True(FilterCases.Matches("geneve 10 and tcp dst port 80 and ether dst 2:0:0:0:0:1", geneve));
        Assert.False(FilterCases.Matches("geneve 11", geneve));
        Assert.False(FilterCases.Matches("not geneve", geneve));
        byte[] vxlan = Overlay(4789, new Bytes().U32(0x08000000).U32(10 << 8).ToArray());
        Assert.True(FilterCases.Matches("vxlan 10 and tcp dst port 80", vxlan));
        Assert.False(FilterCases.Matches("vxlan and udp", vxlan));

        byte[] Overlay(ushort port, byte[] header) => Frames.Ethernet(Frames.Ipv4(17, Frames.Udp(99, port, [.. header, .. Frames.Ethernet(ip)])));
    }

    [Theory]
    [InlineData(0, "02000000")]
    [InlineData(0, "00000002")]
    [InlineData(108, "00000002")]
    [InlineData(101, "")]
    [InlineData(228, "")]
    [InlineData(9, "FF030021")]
    [InlineData(104, "0F000800")]
    [InlineData(113, "0000000100060000000000000000" + "0800")]
    [InlineData(276, "0800000000000001000100060000000000000000")]
    [InlineData(6, "1040020000000002020000000001AAAA030000000800")]
    [InlineData(10, "50020000000002020000000001AAAA030000000800")]
    [InlineData(127, "0000080000000000" + "08000000" + "020000000001020000000002020000000003" + "0000" + "AAAA030000000800")]
    [InlineData(105, "88000000" + "020000000001020000000002020000000003" + "0000" + "0000" + "AAAA030000000800")]
    [InlineData(117, "3D02000065" + "6E300000000000000000000000" + "000000000000000000000000000000000000" + "00000001" + "0000000000000000000000000000000000000000" + "00000000")]
    public void Each_link_type_has_its_offsets(int linkType, string header)
    {
        byte[] packet = [.. Convert.FromHexString(header), .. Frames.Ipv4(6, FilterCases.TcpHeader(80))];
        Assert.True(FilterCases.Matches("tcp dst port 80 and src 192.0.2.1", packet, linkType));
        Assert.False(FilterCases.Matches("ip6 or udp or port 81", packet, linkType));
    }

    [Fact]
    public void Constant_results_are_proven()
    {
        foreach (string impossible in (string[])["ip and ip6", "tcp and arp", "1 = 2", "ip proto 6 and ip proto 17", "not (ip or not ip)", "byte 0 & 1"])
        {
            Assert.True(FilterCases.Filter(impossible).ProvenEmpty(FilterCases.Ethernet), impossible);
        }

        Assert.True(FilterCases.Filter("arp").ProvenEmpty(228));
        Assert.False(FilterCases.Filter("tcp or not tcp").ProvenEmpty(FilterCases.Ethernet));
        Assert.True(FilterCases.Filter("1 = 1").For(FilterCases.Ethernet).AcceptsAll);
    }
}
