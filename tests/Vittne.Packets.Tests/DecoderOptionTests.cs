using System.Buffers.Binary;
using Vittne.TestKit;

namespace Vittne.Packets.Tests;

/// <summary>What is decoded, or refused, only when the user asks for it.</summary>
public sealed class DecoderOptionTests
{
    private static readonly byte[] Data = [1, 2, 3, 4, 5];
    private static readonly PacketDecoderOptions EspNull = new() { AcceptsEspNull = true };
    private static readonly PacketDecoderOptions Strict = new() { RequiresChecksums = true };

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    [InlineData(16)]
    public void Esp_with_the_null_cipher_is_read_when_asked_for(int checkLength)
    {
        byte[] frame = Frames.Ethernet(Frames.Ipv4(50, Esp(6, Summed(6, Frames.Tcp(1, 2, Data)), checkLength)));
        Decoded decoded = Decoded.Of(EspNull, 1, frame);
        Assert.Equal((1, 2, IpProtocol.Tcp), (decoded.Last.SourcePort, decoded.Last.DestinationPort, decoded.Last.Protocol));
        Assert.Equal(Data, decoded.LastPayload);
        Assert.Equal((byte)50, Decoded.Ethernet(frame).Last.Protocol);
    }

    [Fact]
    public void Esp_in_tunnel_mode_gives_the_inner_packet_also_behind_address_translation()
    {
        byte[] esp = Esp(4, Frames.Ipv4("10.0.0.1", "10.0.0.2", 17, Frames.Udp(5, 6, Data)), 12);
        foreach (byte[] outer in (byte[][])[Frames.Ipv4(50, esp), Frames.Ipv4(17, Frames.Udp(4500, 4500, esp))])
        {
            Decoded decoded = Decoded.Of(EspNull, 1, Frames.Ethernet(outer));
            Assert.Equal("10.0.0.1", decoded.Last.Source.ToString());
            Assert.Equal(Data, decoded.LastPayload);
            Assert.Single(decoded.LastTunnel);
        }
    }

    [Fact]
    public void Esp_is_left_alone_when_padding_or_checksum_do_not_fit()
    {
        byte[] segment = Summed(6, Frames.Tcp(1, 2, Data));
        byte[] wrongPadding = Esp(6, segment, 0);
        wrongPadding[^3]++;
        segment[^1]++;
        foreach (byte[] esp in (byte[][])[wrongPadding, Esp(6, segment, 0)])
        {
            Assert.Equal((byte)50, Decoded.Of(EspNull, 1, Frames.Ethernet(Frames.Ipv4(50, esp))).Last.Protocol);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(17)]
    public void Wrong_checksums_are_refused_only_when_asked_for(byte protocol)
    {
        byte[] segment = protocol switch
        {
            1 => Frames.Icmp(8, 0, Data),
            6 => Frames.Tcp(1, 2, Data),
            _ => Frames.Udp(1, 2, Data),
        };
        byte[] good = Frames.Ethernet(Frames.Ipv4(protocol, Summed(protocol, segment)));
        byte[] bad = [.. good[..^1], 9];
        Assert.True(Decoded.Of(Strict, 1, good).Last.Flags.HasFlag(DecodedFlags.HasTransport));
        Decoded decoded = Decoded.Of(Strict, 1, bad);
        Assert.Equal((DecodedFlags.None, AnomalyKind.TransportChecksum), (decoded.Last.Flags, decoded.Last.Anomaly));
        Assert.Equal([("transport.checksum", 1L)], decoded.Decoder.Counters.NotDecoded());
        Assert.Equal(AnomalyKind.None, Decoded.Ethernet(bad).Last.Anomaly);
    }

    [Fact]
    public void Wrong_checksum_of_an_ipv4_header_is_refused_only_when_asked_for()
    {
        byte[] frame = Frames.Ethernet(Frames.Ipv4(17, Frames.Udp(1, 2, Data)));
        Assert.Equal(AnomalyKind.None, Decoded.Of(Strict, 1, frame).Last.Anomaly);
        frame[24]++;
        Assert.Equal((DecodedFlags.None, AnomalyKind.IpChecksum), (Decoded.Of(Strict, 1, frame).Last.Flags, Decoded.Of(Strict, 1, frame).Last.Anomaly));
        Assert.Equal(AnomalyKind.None, Decoded.Ethernet(frame).Last.Anomaly);
    }

    [Fact]
    public void Checksums_that_cannot_be_checked_are_not_refused()
    {
        byte[] segment = Frames.Tcp(1, 2, Data);
        byte[] routed = Frames.Ipv6(43, [6, 2, 0, 1, 0, 0, 0, 0, .. new byte[16], .. segment]);
        byte[] homeAddress = Frames.Ipv6(60, [6, 2, 1, 0, 1, 0, 0xC9, 16, .. new byte[16], .. segment]);
        byte[] noChecksum = Frames.Ipv4(17, Frames.Udp(1, 2, Data));
        foreach (byte[] packet in (byte[][])[routed, homeAddress, noChecksum])
        {
            Assert.True(Decoded.Of(Strict, 1, Frames.Ethernet(packet)).Last.Flags.HasFlag(DecodedFlags.HasTransport));
        }

        DecodedBatch cut = Batches.Of(1);
        byte[] frame = Frames.Ethernet(Frames.Ipv4(6, segment));
        Batches.Add(cut, 1, frame.AsSpan(0, frame.Length - 1), Batches.StartNs, frame.Length);
        new PacketDecoder(Strict).Decode(cut);
        Assert.True(cut.Decoded[0].Flags.HasFlag(DecodedFlags.HasTransport));
    }

    /// <summary>Padding 1, 2, 3, its length, what is inside, and an integrity check value.</summary>
    private static byte[] Esp(byte protocol, byte[] payload, int checkLength)
    {
        byte[] check = new byte[checkLength];
        check.AsSpan().Fill(0xEE);
        return [0, 0, 1, 0, 0, 0, 0, 1, .. payload, 1, 2, 3, 3, protocol, .. check];
    }

    /// <summary>The segment with a right checksum between the addresses that <see cref="Frames.Ipv4(byte, byte[], bool)"/> has.</summary>
    private static byte[] Summed(byte protocol, byte[] segment)
    {
        int at = protocol switch
        {
            1 => 2,
            6 => 16,
            _ => 6,
        };
        byte[] addresses = protocol == 1 ? [] : [192, 0, 2, 1, 198, 51, 100, 1, 0, protocol, .. Frames.UInt16((ushort)segment.Length)];
        segment.AsSpan(at, 2).Clear();
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(at), Frames.Checksum([.. addresses, .. segment]));
        return segment;
    }
}
