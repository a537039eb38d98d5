using System.Buffers.Binary;
using Vittne.Packets;

namespace Vittne.TestKit;

/// <summary>Headers around payloads, one method per layer, innermost first: <c>Ethernet(Ipv4(a, b, 6, Tcp(1, 2, data)))</c>. Lengths and IPv4 checksums are right.</summary>
public static class Frames
{
    /// <summary>EtherType of IPv4.</summary>
    public const ushort Ipv4Type = 0x0800;

    /// <summary>EtherType of IPv6.</summary>
    public const ushort Ipv6Type = 0x86DD;

    private static readonly byte[] Addresses = [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2];

    /// <summary>Ethernet II; the type is told by the first four bits of the payload unless it is given.</summary>
    public static byte[] Ethernet(byte[] payload, ushort type = 0) => [.. Addresses, .. TypeOf(payload, type), .. payload];

    /// <summary>Ethernet with 802.1Q tags, outermost first.</summary>
    public static byte[] Vlan(byte[] payload, params ushort[] ids)
    {
        List<byte> frame = [.. Addresses];
        for (int i = 0; i < ids.Length; i++)
        {
            frame.AddRange(UInt16(i == 0 && ids.Length > 1 ? (ushort)0x88A8 : (ushort)0x8100));
            frame.AddRange(UInt16(ids[i]));
        }

        return [.. frame, .. TypeOf(payload, 0), .. payload];
    }

    /// <summary>IPv4 from 192.0.2.1 to 198.51.100.1, or the other way round.</summary>
    public static byte[] Ipv4(byte protocol, byte[] payload, bool isReply = false) =>
        Ipv4(isReply ? "198.51.100.1" : "192.0.2.1", isReply ? "192.0.2.1" : "198.51.100.1", protocol, payload);

    /// <summary>IPv4 (RFC 791). <paramref name="fragment"/> holds flags and offset in units of 8 bytes.</summary>
    public static byte[] Ipv4(
        string source, string destination, byte protocol, byte[] payload, ushort identification = 0, ushort fragment = 0, byte timeToLive = 64, byte[]? options = null)
    {
        int headerLength = 20 + (options?.Length ?? 0);
        byte[] packet = new byte[headerLength + payload.Length];
        packet[0] = (byte)(0x40 | (headerLength / 4));
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), identification);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(6), fragment);
        packet[8] = timeToLive;
        packet[9] = protocol;
        Address(source).Write(packet.AsSpan(12));
        Address(destination).Write(packet.AsSpan(16));
        options?.CopyTo(packet, 20);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(10), Checksum(packet.AsSpan(0, headerLength)));
        payload.CopyTo(packet, headerLength);
        return packet;
    }

    /// <summary>IPv6 (RFC 8200) from 2001:db8::1 to 2001:db8::2, or the other way round.</summary>
    public static byte[] Ipv6(byte nextHeader, byte[] payload, bool isReply = false) =>
        Ipv6(isReply ? "2001:db8::2" : "2001:db8::1", isReply ? "2001:db8::1" : "2001:db8::2", nextHeader, payload);

    /// <summary>IPv6 (RFC 8200).</summary>
    public static byte[] Ipv6(string source, string destination, byte nextHeader, byte[] payload, byte hopLimit = 64)
    {
        byte[] packet = new byte[40 + payload.Length];
        packet[0] = 0x60;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), (ushort)payload.Length);
        packet[6] = nextHeader;
        packet[7] = hopLimit;
        Address(source).Write(packet.AsSpan(8));
        Address(destination).Write(packet.AsSpan(24));
        payload.CopyTo(packet, 40);
        return packet;
    }

    /// <summary>An IPv6 extension header of 8 bytes whose content is padding, in front of <paramref name="payload"/>.</summary>
    public static byte[] Ipv6Extension(byte nextHeader, byte[] payload) => [nextHeader, 0, 1, 4, 0, 0, 0, 0, .. payload];

    /// <summary>IPv6 fragment header (RFC 8200 section 4.5).</summary>
    public static byte[] Ipv6Fragment(byte nextHeader, int offset, bool hasMore, uint identification, byte[] payload) =>
        [nextHeader, 0, .. UInt16((ushort)(offset | (hasMore ? 1 : 0))), .. UInt32(identification), .. payload];

    /// <summary>TCP segment (RFC 9293); flags default to PSH and ACK.</summary>
    public static byte[] Tcp(
        ushort sourcePort, ushort destinationPort, byte[] payload, uint sequence = 1000, uint acknowledgment = 2000, ushort flags = 0x18, ushort window = 4096) =>
    [
        .. UInt16(sourcePort), .. UInt16(destinationPort), .. UInt32(sequence), .. UInt32(acknowledgment),
        .. UInt16((ushort)(0x5000 | flags)), .. UInt16(window), 0, 0, 0, 0, .. payload,
    ];

    /// <summary>UDP datagram (RFC 768).</summary>
    public static byte[] Udp(ushort sourcePort, ushort destinationPort, byte[] payload) =>
        [.. UInt16(sourcePort), .. UInt16(destinationPort), .. UInt16((ushort)(8 + payload.Length)), 0, 0, .. payload];

    /// <summary>ICMP or ICMPv6 message with identifier 1 and sequence number 1.</summary>
    public static byte[] Icmp(byte type, byte code, byte[] payload) => [type, code, 0, 0, 0, 1, 0, 1, .. payload];

    /// <summary>The pieces of an IPv4 packet, each with <paramref name="step"/> bytes (a multiple of 8) of its payload.</summary>
    public static List<byte[]> FragmentIpv4(byte[] packet, int step, ushort identification = 7)
    {
        int headerLength = (packet[0] & 15) * 4;
        byte[] body = packet[headerLength..];
        var pieces = new List<byte[]>();
        for (int at = 0; at < body.Length; at += step)
        {
            bool hasMore = at + step < body.Length;
            byte[] piece = [.. packet[..headerLength], .. body[at..Math.Min(body.Length, at + step)]];
            BinaryPrimitives.WriteUInt16BigEndian(piece.AsSpan(2), (ushort)piece.Length);
            BinaryPrimitives.WriteUInt16BigEndian(piece.AsSpan(4), identification);
            BinaryPrimitives.WriteUInt16BigEndian(piece.AsSpan(6), (ushort)((hasMore ? 0x2000 : 0) | (at / 8)));
            piece.AsSpan(10, 2).Clear();
            BinaryPrimitives.WriteUInt16BigEndian(piece.AsSpan(10), Checksum(piece.AsSpan(0, headerLength)));
            pieces.Add(piece);
        }

        return pieces;
    }

    /// <summary>The pieces of an IPv6 packet without extension headers.</summary>
    public static List<byte[]> FragmentIpv6(byte[] packet, int step, uint identification = 7)
    {
        byte[] body = packet[40..];
        var pieces = new List<byte[]>();
        for (int at = 0; at < body.Length; at += step)
        {
            byte[] part = Ipv6Fragment(packet[6], at, at + step < body.Length, identification, body[at..Math.Min(body.Length, at + step)]);
            byte[] piece = [.. packet[..40], .. part];
            BinaryPrimitives.WriteUInt16BigEndian(piece.AsSpan(4), (ushort)part.Length);
            piece[6] = 44;
            pieces.Add(piece);
        }

        return pieces;
    }

    /// <summary>Two bytes in network order.</summary>
    public static byte[] UInt16(ushort value) => [(byte)(value >> 8), (byte)value];

    /// <summary>Four bytes in network order.</summary>
    public static byte[] UInt32(uint value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    /// <summary>An address from its text.</summary>
    public static IpAddress Address(string text) =>
        IpAddress.TryParse(text.AsSpan(), out IpAddress address) ? address : throw new ArgumentException($"no address: {text}", nameof(text));

    /// <summary>The internet checksum (RFC 1071) of bytes whose checksum field is 0.</summary>
    public static ushort Checksum(ReadOnlySpan<byte> data)
    {
        uint sum = 0;
        for (int i = 0; i < data.Length; i++)
        {
            sum += (i & 1) == 0 ? (uint)data[i] << 8 : data[i];
        }

        while (sum > 0xFFFF)
        {
            sum = (sum & 0xFFFF) + (sum >> 16);
        }

        return (ushort)~sum;
    }

    private static byte[] TypeOf(byte[] payload, ushort type) =>
        UInt16(type != 0 ? type : payload.Length > 0 && payload[0] >> 4 == 6 ? Ipv6Type : Ipv4Type);
}
