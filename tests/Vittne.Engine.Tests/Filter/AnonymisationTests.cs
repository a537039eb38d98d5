using System.Buffers.Binary;
using CsCheck;
using Vittne.Capture.Writing;
using Vittne.Engine.Filter.Editors;
using Vittne.TestKit;

namespace Vittne.Engine.Tests.Filter;

public sealed class AnonymisationTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(static i => (byte)i)];

    private static readonly string[] Kinds = ["udp", "tcp6", "vxlan", "icmp-error", "gre", "vlan-tcp"];

    private static byte[] Plain => WithChecksums(Frames.Ipv4("192.0.2.1", "198.51.100.1", 17, Frames.Udp(40_000, 53, "query"u8.ToArray())), 20, 6);

    public static TheoryData<string> Packets => [.. Kinds];

    [Theory]
    [MemberData(nameof(Packets))]
    public void Right_checksums_stay_right_and_no_true_address_stays(string name)
    {
        byte[] frame = Frame(name);
        byte[] edited = Edit(frame);

        Assert.Equal(frame.Length, edited.Length);
        Assert.True(edited.AsSpan().IndexOf((ReadOnlySpan<byte>)[192, 0, 2, 1]) < 0);
        Assert.True(edited.AsSpan().IndexOf((ReadOnlySpan<byte>)[198, 51, 100, 1]) < 0);
        Assert.True(edited.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x20, 0x01, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]) < 0);
        foreach ((int start, int length, int pseudo) in Covered(name))
        {
            Assert.Equal(0, Sum(frame, start, length, pseudo));
            Assert.Equal(0, Sum(edited, start, length, pseudo));
        }
    }

    [Fact]
    public void Wrong_checksums_stay_wrong()
    {
        byte[] frame = Frame("udp");
        frame[14 + 20 + 7] ^= 0x55;
        byte[] edited = Edit(frame);

        Assert.Equal(0, Sum(edited, 14, 20, 0));
        Assert.NotEqual(0, Sum(edited, 34, frame.Length - 34, 26));
    }

    [Fact]
    public void Absent_udp_checksum_stays_absent()
    {
        byte[] edited = Edit(Frames.Ethernet(Frames.Ipv4(17, Frames.Udp(1, 2, [3]))));

        Assert.Equal(0, BinaryPrimitives.ReadUInt16BigEndian(edited.AsSpan(40)));
    }

    [Fact]
    public void Arp_and_its_frame_tell_the_same_false_addresses()
    {
        byte[] arp = [0, 1, 8, 0, 6, 4, 0, 2, 2, 0, 0, 0, 0, 2, 192, 0, 2, 1, 2, 0, 0, 0, 0, 1, 198, 51, 100, 1];
        byte[] edited = Edit(Frames.Ethernet(arp, 0x0806));
        byte[] packet = Edit(Frame("udp"));

        Assert.Equal(edited[6..12], edited[22..28]);
        Assert.Equal(edited[..6], edited[32..38]);
        Assert.Equal(packet[26..30], edited[28..32]);
        Assert.Equal(packet[30..34], edited[38..42]);
    }

    [Fact]
    public void Cut_and_broken_packets_do_no_harm() => Gen.Select(Gen.Int[0, 5], Gen.Int[0, 200], Gen.Int[0, 200], Gen.Byte).Sample((kind, cut, at, value) =>
    {
        byte[] frame = Frame(Kinds[kind]);
        frame[at % frame.Length] = value;
        frame = frame[..Math.Min(frame.Length, cut)];
        Assert.Equal(frame.Length, Edit(frame).Length);
    });

    private static byte[] Edit(byte[] frame)
    {
        using var editor = new Anonymisation(new AddressMap(Key, keepsOui: false));
        var packet = new OutputPacket { Data = frame, OriginalLength = (uint)frame.Length, LinkType = 1 };
        editor.Edit(ref packet);
        return packet.Data.ToArray();
    }

    private static byte[] Frame(string name)
    {
        byte[] inner = Plain;
        switch (name)
        {
            case "udp":
                return Frames.Ethernet(inner);
            case "tcp6":
                return Frames.Ethernet(WithChecksums(Frames.Ipv6(6, Frames.Tcp(1_000, 80, "GET /"u8.ToArray())), 40, 16));
            case "vxlan":
                return Frames.Ethernet(WithChecksums(
                    Frames.Ipv6(17, Frames.Udp(50_000, 4_789, [8, 0, 0, 0, 0, 0, 7, 0, .. Frames.Ethernet(inner)])), 40, 6));
            case "icmp-error":
                byte[] error = Frames.Icmp(3, 1, inner);
                BinaryPrimitives.WriteUInt16BigEndian(error.AsSpan(2), Frames.Checksum(error));
                return Frames.Ethernet(Frames.Ipv4("198.51.100.1", "192.0.2.1", 1, error));
            case "gre":
                byte[] gre = [0x80, 0, 8, 0, 0, 0, 0, 0, .. inner];
                BinaryPrimitives.WriteUInt16BigEndian(gre.AsSpan(4), Frames.Checksum(gre));
                return Frames.Ethernet(Frames.Ipv4("198.51.100.1", "192.0.2.1", 47, gre));
            default:
                return Frames.Vlan(WithChecksums(Frames.Ipv4("192.0.2.1", "198.51.100.1", 6, Frames.Tcp(1, 2, [1, 2, 3])), 20, 16), 7);
        }
    }

    /// <summary>Where the checksums of a packet are: start, length, and where the addresses of its pseudo header stand; 0 for none.</summary>
    private static IEnumerable<(int Start, int Length, int Pseudo)> Covered(string name)
    {
        int inner = Plain.Length;
        return name switch
        {
            "udp" => [(14, 20, 0), (34, inner - 20, 26)],
            "tcp6" => [(54, 25, 22)],
            "vxlan" => [(54, 8 + 8 + 14 + inner, 22), (84, 20, 0), (104, inner - 20, 96)],
            "icmp-error" => [(14, 20, 0), (34, 8 + inner, 0), (42, 20, 0), (62, inner - 20, 54)],
            "gre" => [(14, 20, 0), (34, 8 + inner, 0), (42, 20, 0), (62, inner - 20, 54)],
            _ => [(18, 20, 0), (38, 23, 30)],
        };
    }

    private static byte[] WithChecksums(byte[] packet, int headerLength, int offset)
    {
        int at = headerLength + offset;
        packet.AsSpan(at, 2).Clear();
        int pseudo = headerLength == 20 ? 12 : 8;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(at), Sum(packet, headerLength, packet.Length - headerLength, pseudo));
        return packet;
    }

    /// <summary>What a checksum would have to be; 0 where there is a right one.</summary>
    private static ushort Sum(byte[] packet, int start, int length, int pseudo)
    {
        bool isV4 = pseudo > 0 && start - pseudo == 8;
        byte protocol = pseudo == 0 ? (byte)0 : packet[isV4 ? pseudo - 3 : pseudo - 2];
        byte[] header = pseudo == 0 ? [] : [.. packet[pseudo..(pseudo + (isV4 ? 8 : 32))], 0, protocol, .. Frames.UInt16((ushort)length)];
        return Frames.Checksum([.. header, .. packet[start..(start + length)]]);
    }
}
