using System.Text;
using CsCheck;
using Vittne.Capture;
using Vittne.Packets.Payloads;
using Vittne.TestKit;

namespace Vittne.Packets.Tests;

public sealed class PayloadReaderTests
{
    private const byte Tcp = 6;
    private const byte Udp = 17;

    public static TheoryData<string, ushort, byte[], string> Payloads => new()
    {
        { "TCP", 1, Frames.Ethernet(Frames.Ipv4(Tcp, Frames.Tcp(1, 2, "text"u8.ToArray()))), "text" },
        { "UDP", 1, Frames.Ethernet(Frames.Ipv6(Udp, Frames.Udp(1, 2, "text"u8.ToArray()))), "text" },
        { "padding", 1, [.. Frames.Ethernet(Frames.Ipv4(Udp, Frames.Udp(1, 2, "text"u8.ToArray()))), 0, 0, 0, 0], "text" },
        { "UDP length within that of IP", 1, Frames.Ethernet(Frames.Ipv4(Udp, [0, 1, 0, 2, 0, 10, 0, 0, .. "text"u8])), "te" },
        { "UDP length beyond that of IP", 1, Frames.Ethernet(Frames.Ipv4(Udp, [0, 1, 0, 2, 1, 0, 0, 0, .. "text"u8])), "text" },
        { "ICMP", 1, Frames.Ethernet(Frames.Ipv4(1, [8, 0, 0, 0, .. "text"u8])), "text" },
        { "other protocol", 1, Frames.Ethernet(Frames.Ipv4(50, "text"u8.ToArray())), "text" },
        { "tunnel is payload", 1, Frames.Ethernet(Frames.Ipv4(4, "text"u8.ToArray())), "text" },
        { "later fragment", 1, Frames.Ethernet(Frames.Ipv4("192.0.2.1", "192.0.2.2", Udp, "text"u8.ToArray(), fragment: 2)), "text" },
        { "first fragment of IPv6", 1, Frames.Ethernet(Frames.Ipv6(44, Frames.Ipv6Fragment(Udp, 0, true, 7, Frames.Udp(1, 2, "text"u8.ToArray())))), "text" },
        { "extension headers", 1, Frames.Ethernet(Frames.Ipv6(0, Frames.Ipv6Extension(60, Frames.Ipv6Extension(Udp, Frames.Udp(1, 2, "text"u8.ToArray()))))), "text" },
        { "two tags", 1, Frames.Vlan(Frames.Ipv4(Udp, Frames.Udp(1, 2, "text"u8.ToArray())), 5, 6), "text" },
        { "raw IP", 101, Frames.Ipv4(Udp, Frames.Udp(1, 2, "text"u8.ToArray())), "text" },
        { "cut header", 1, Frames.Ethernet(Frames.Ipv4(Tcp, Frames.Tcp(1, 2, "text"u8.ToArray())))[..44], "" },
        { "data offset beyond the end", 1, Frames.Ethernet(Frames.Ipv4(Tcp, [0, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0xF0, 0, 0, 0, 0, 0, 0, 0, .. "text"u8])), "" },
    };

    [Theory]
    [MemberData(nameof(Payloads))]
    public void Payload_lies_behind_the_headers_and_within_their_lengths(string name, ushort linkType, byte[] frame, string expected)
    {
        Assert.NotEmpty(name);
        Assert.True(new PayloadReader().TryRead(frame, Reference(frame, linkType), out PacketPayload payload));

        Assert.Equal(expected, Encoding.ASCII.GetString(frame, payload.Start, payload.Length));
    }

    [Fact]
    public void Frames_without_IP_have_no_payload()
    {
        byte[] frame = Frames.Ethernet([0, 1, 8, 0, 6, 4, 0, 1], 0x0806);

        Assert.False(new PayloadReader().TryRead(frame, Reference(frame, 1), out _));
    }

    [Fact]
    public void Bytes_of_attackers_give_no_payload_outside_of_the_packet() =>
        Gen.Select(Gen.Byte.Array[0, 120], Gen.OneOf(Gen.Const(Frames.Ethernet(Frames.Ipv4(Tcp, Frames.Tcp(1, 2, [])))), Gen.Const(Frames.Vlan(Frames.Ipv6(0, []), 1, 2))), Gen.UShort[0, 300], Gen.Int[0, 60]).Sample(
            static (random, start, linkType, kept) =>
            {
                byte[] frame = [.. start[..Math.Min(kept, start.Length)], .. random];
                var reader = new PayloadReader();
                foreach (ushort type in new[] { (ushort)1, linkType })
                {
                    if (reader.TryRead(frame, Reference(frame, type), out PacketPayload payload))
                    {
                        _ = PayloadReader.AddressesOf(frame, payload);
                        Assert.InRange(payload.Start, payload.Network, frame.Length);
                        Assert.InRange(payload.Length, 0, frame.Length - payload.Start);
                        Assert.True(!payload.HasTransport || payload.Transport + 4 <= frame.Length || payload.Protocol is not (Tcp or Udp or 1 or 2 or 58));
                    }
                }
            },
            iter: 5_000);

    private static PacketRef Reference(byte[] frame, ushort linkType) => new(0, 1, 0, frame.Length, frame.Length, linkType, 0);
}
