using Vittne.TestKit;

namespace Vittne.Packets.Tests;

public sealed class NetworkTests
{
    private static readonly byte[] Data = [1, 2, 3, 4, 5];

    [Fact]
    public void Tcp_fields_are_told()
    {
        Decoded decoded = Decoded.Ethernet(Frames.Ethernet(Frames.Ipv4(6, Frames.Tcp(40_000, 80, Data, 11, 22, 0x112, 33))));
        ref readonly DecodedPacket packet = ref decoded.Last;
        Assert.Equal((11u, 22u, (ushort)0x112, (ushort)33, (byte)64), (packet.SequenceNumber, packet.AcknowledgmentNumber, packet.TcpFlags, packet.Window, packet.TimeToLive));
        Assert.Equal((5, 5, -1, -1), (packet.PayloadLength, packet.PayloadWireLength, packet.Datagram, packet.Tunnel));
    }

    [Fact]
    public void Ipv6_extension_headers_are_passed()
    {
        byte[] chain = Frames.Ipv6Extension(60, Frames.Ipv6Extension(44, Frames.Ipv6Fragment(6, 0, false, 7, Frames.Tcp(40_000, 80, Data))));
        Decoded decoded = Decoded.Ethernet(Frames.Ethernet(Frames.Ipv6(0, chain)));
        Assert.Equal(IpProtocol.Tcp, decoded.Last.Protocol);
        Assert.Equal(Data, decoded.LastPayload);
    }

    [Fact]
    public void Seventeen_extension_headers_are_too_many_and_the_addresses_count()
    {
        byte[] chain = Frames.Tcp(1, 2, Data);
        for (int i = 0; i < 17; i++)
        {
            chain = Frames.Ipv6Extension(i == 0 ? (byte)6 : (byte)60, chain);
        }

        Decoded decoded = Decoded.Ethernet(Frames.Ethernet(Frames.Ipv6(60, chain)));
        Assert.Equal((AnomalyKind.Ipv6ExtChain, true), (decoded.Last.Anomaly, decoded.Last.Flags.HasFlag(DecodedFlags.HasIp)));
    }

    [Fact]
    public void Jumbogram_takes_its_length_from_the_option()
    {
        byte[] segment = Frames.Udp(1, 2, Data);
        segment[4] = 0;
        segment[5] = 0;
        byte[] packet = Frames.Ipv6(0, [17, 0, 0xC2, 4, .. Frames.UInt32((uint)(8 + segment.Length)), .. segment]);
        packet[4] = 0;
        packet[5] = 0;
        Assert.Equal(Data, Decoded.Ethernet([.. Frames.Ethernet(packet), 0, 0, 0]).LastPayload);
    }

    [Fact]
    public void Total_length_of_zero_means_the_frame()
    {
        byte[] packet = Frames.Ipv4(6, Frames.Tcp(1, 2, Data));
        packet[2] = 0;
        packet[3] = 0;
        Assert.Equal(Data, Decoded.Ethernet(Frames.Ethernet(packet)).LastPayload);
    }

    [Fact]
    public void Snap_length_cuts_payload_but_not_its_announced_length()
    {
        byte[] frame = Frames.Ethernet(Frames.Ipv4(6, Frames.Tcp(1, 2, new byte[100])));
        foreach (int captured in (int[])[64, 54, 90])
        {
            DecodedBatch batch = Batches.Of(1);
            Batches.Add(batch, 1, frame.AsSpan(0, captured), Batches.StartNs, frame.Length);
            new PacketDecoder(new PacketDecoderOptions()).Decode(batch);
            Assert.True(batch.Decoded[0].Flags.HasFlag(DecodedFlags.Truncated | DecodedFlags.HasTransport));
            Assert.Equal((captured - 54, 100), (batch.Decoded[0].PayloadLength, batch.Decoded[0].PayloadWireLength));
        }
    }

    [Fact]
    public void Options_that_the_capture_cut_leave_numbers_and_announced_length()
    {
        byte[] segment = Frames.Tcp(1, 2, new byte[112]);
        segment[12] = 0x80;
        byte[] frame = Frames.Ethernet(Frames.Ipv4(6, segment));
        DecodedBatch batch = Batches.Of(1);
        Batches.Add(batch, 1, frame.AsSpan(0, 58), Batches.StartNs, frame.Length);
        new PacketDecoder(new PacketDecoderOptions()).Decode(batch);
        Assert.True(batch.Decoded[0].Flags.HasFlag(DecodedFlags.HasTransport));
        Assert.Equal((0, 100), (batch.Decoded[0].PayloadLength, batch.Decoded[0].PayloadWireLength));
    }

    [Theory]
    [InlineData(0x40)]
    [InlineData(0xF0)]
    public void Impossible_tcp_offset_leaves_the_ports(byte offset)
    {
        byte[] segment = Frames.Tcp(1, 2, Data);
        segment[12] = offset;
        DecodedPacket packet = Decoded.Ethernet(Frames.Ethernet(Frames.Ipv4(6, segment))).Last;
        Assert.Equal((AnomalyKind.TcpHeader, DecodedFlags.HasIp | DecodedFlags.HasPorts), (packet.Anomaly, packet.Flags));
        Assert.Equal((1, 2), (packet.SourcePort, packet.DestinationPort));
    }

    [Fact]
    public void Udp_length_bounds_the_payload()
    {
        byte[] datagram = [.. Frames.Udp(1, 2, Data), 9, 9, 9];
        Assert.Equal(Data, Decoded.Ethernet(Frames.Ethernet(Frames.Ipv4(17, datagram))).LastPayload);
        datagram[5] = 7;
        Assert.Equal(AnomalyKind.UdpLength, Decoded.Ethernet(Frames.Ethernet(Frames.Ipv4(17, datagram))).Last.Anomaly);
    }

    [Fact]
    public void Icmp_has_type_and_code_for_ports_and_its_quoted_datagram_is_no_traffic()
    {
        byte[] quoted = Frames.Ipv4(6, Frames.Tcp(1, 2, Data));
        DecodedPacket packet = Decoded.Ethernet(Frames.Ethernet(Frames.Ipv4(1, Frames.Icmp(3, 1, quoted)))).Last;
        Assert.Equal((3, 1, IpProtocol.Icmp), (packet.SourcePort, packet.DestinationPort, packet.Protocol));
        Assert.Equal(DecodedFlags.HasIp | DecodedFlags.HasTransport, packet.Flags);
    }

    [Theory]
    [InlineData(132, 12)]
    [InlineData(136, 8)]
    [InlineData(33, 12)]
    public void Other_transports_have_ports(byte protocol, int headerLength)
    {
        byte[] segment = [0, 1, 0, 2, .. new byte[headerLength - 4], .. Data];
        segment[4] = (byte)(headerLength / 4);
        Decoded decoded = Decoded.Ethernet(Frames.Ethernet(Frames.Ipv4(protocol, segment)));
        Assert.Equal((1, 2), (decoded.Last.SourcePort, decoded.Last.DestinationPort));
        Assert.Equal(Data, decoded.LastPayload);
    }

    [Fact]
    public void Authentication_headers_are_passed()
    {
        byte[] packet = Frames.Ipv4(51, [6, 4, 0, 0, .. new byte[20], .. Frames.Tcp(1, 2, Data)]);
        Decoded decoded = Decoded.Ethernet(Frames.Ethernet(packet));
        Assert.Equal(IpProtocol.Tcp, decoded.Last.Protocol);
        Assert.Equal(Data, decoded.LastPayload);
    }

    [Theory]
    [InlineData(0, 0x55)]
    [InlineData(0, 0x44)]
    [InlineData(3, 19)]
    public void Impossible_ipv4_header_is_not_decoded(int at, byte value)
    {
        byte[] packet = Frames.Ipv4(6, Frames.Tcp(1, 2, Data));
        packet[at] = value;
        Decoded decoded = Decoded.Ethernet(Frames.Ethernet(packet));
        Assert.Equal((AnomalyKind.IpHeader, DecodedFlags.None), (decoded.Last.Anomaly, decoded.Last.Flags));
        Assert.Equal([("ip.header", 1L)], decoded.Decoder.Counters.NotDecoded());
    }
}
