using System.IO.Compression;
using Vittne.TestKit;

namespace Vittne.Packets.Tests;

public sealed class IpCompressionTests
{
    private static readonly byte[] Data = new byte[2000];

    [Fact]
    public void Compressed_segment_is_read_as_what_it_was()
    {
        Decoded decoded = Decoded.Ethernet(Frames.Ethernet(Frames.Ipv4(108, [6, 0, 0xEE, 0xD1, .. Deflate(Frames.Tcp(7, 80, Data))])));

        Assert.Equal((IpProtocol.Tcp, 7, 80), (decoded.Last.Protocol, decoded.Last.SourcePort, decoded.Last.DestinationPort));
        Assert.Equal(Data, decoded.LastPayload);
        Assert.Equal(Data.Length, decoded.Last.PayloadWireLength);
    }

    [Fact]
    public void Compressed_packet_of_a_tunnel_is_read_behind_its_authentication_header()
    {
        byte[] inner = Frames.Ipv4("10.0.0.1", "10.0.0.2", 17, Frames.Udp(5, 6, Data));
        byte[] authentication = [108, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1];
        Decoded decoded = Decoded.Ethernet(Frames.Ethernet(Frames.Ipv4(51, [.. authentication, 4, 0, 0, 2, .. Deflate(inner)])));

        Assert.Equal("10.0.0.2", decoded.Last.Destination.ToString());
        Assert.Equal(Data, decoded.LastPayload);
    }

    [Fact]
    public void What_is_no_deflate_or_too_large_is_left_alone()
    {
        foreach (byte[] payload in (byte[][])[[0xFF, 0xFF, 0xFF], [], Deflate(new byte[70_000])])
        {
            Decoded decoded = Decoded.Ethernet(Frames.Ethernet(Frames.Ipv4(108, [6, 0, 0, 2, .. payload])));

            Assert.Equal(108, decoded.Last.Protocol);
            Assert.True((decoded.Last.Flags & DecodedFlags.HasTransport) == 0);
        }
    }

    private static byte[] Deflate(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var deflater = new DeflateStream(output, CompressionLevel.Optimal))
        {
            deflater.Write(bytes);
        }

        return output.ToArray();
    }
}
