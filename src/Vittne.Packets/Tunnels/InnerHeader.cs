using System.Buffers.Binary;
using Vittne.Packets.Link;
using Vittne.Packets.Network;

namespace Vittne.Packets.Tunnels;

/// <summary>Tests whether bytes are a packet beyond doubt: what a tunnel on an unusual port, or one of unknown header length, must carry.</summary>
internal static class InnerHeader
{
    /// <summary>True for a valid IPv4 header (version, lengths, checksum) or IPv6 header (version, length).</summary>
    public static bool IsIp(ReadOnlySpan<byte> data) => !data.IsEmpty && (data[0] >> 4) switch
    {
        4 => IsIpv4(data),
        6 => IsIpv6(data),
        _ => false,
    };

    /// <summary>True for an IPv6 header whose payload length fits and whose next header is one in use.</summary>
    public static bool IsIpv6(ReadOnlySpan<byte> data) =>
        data.Length >= Ipv6.HeaderLength
        && data[0] >> 4 == 6
        && BinaryPrimitives.ReadUInt16BigEndian(data[4..]) <= data.Length - Ipv6.HeaderLength
        && data[6] is 0 or 4 or IpProtocol.Tcp or IpProtocol.Udp or 41 or 43 or 44 or 47 or 50 or 51 or IpProtocol.IcmpV6 or 59 or 60 or 89 or 103 or IpProtocol.Sctp or 136;

    /// <summary>True for an Ethernet frame with a valid IP header, behind at most two VLAN tags.</summary>
    public static bool IsEthernet(ReadOnlySpan<byte> data)
    {
        int at = Ethernet.HeaderLength - 2;
        for (int tags = 0; tags <= 2 && data.Length >= at + 2; tags++)
        {
            ushort type = BinaryPrimitives.ReadUInt16BigEndian(data[at..]);
            switch (type)
            {
                case EtherTypes.Ipv4:
                    return IsIpv4(data[(at + 2)..]);
                case EtherTypes.Ipv6:
                    return IsIpv6(data[(at + 2)..]);
                case 0x8100 or 0x88A8:
                    at += 4;
                    break;
                default:
                    return false;
            }
        }

        return false;
    }

    /// <summary>True for a PPP frame with a valid IP header.</summary>
    public static bool IsPpp(ReadOnlySpan<byte> data)
    {
        if (data.Length >= 2 && data[0] == 0xFF && data[1] == 0x03)
        {
            data = data[2..];
        }

        if (data.Length < 2)
        {
            return false;
        }

        int length = (data[0] & 1) != 0 ? 1 : 2;
        int protocol = length == 1 ? data[0] : BinaryPrimitives.ReadUInt16BigEndian(data);
        return protocol is 0x21 or 0x57 && IsIp(data[length..]);
    }

    private static bool IsIpv4(ReadOnlySpan<byte> data)
    {
        if (data.Length < Ipv4.HeaderLength || data[0] >> 4 != 4)
        {
            return false;
        }

        int headerLength = (data[0] & 15) * 4;
        int totalLength = BinaryPrimitives.ReadUInt16BigEndian(data[2..]);
        if (headerLength < Ipv4.HeaderLength || totalLength < headerLength || totalLength > data.Length)
        {
            return false;
        }

        return InternetChecksum.IsRight(data[..headerLength]);
    }
}
