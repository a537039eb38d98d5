using Vittne.Packets.Network;

namespace Vittne.Packets.Transport;

/// <summary>Checksums of TCP, UDP, ICMP and ICMPv6 for those who ask; others and what cannot be checked count as right.</summary>
public static class TransportChecksum
{
    private const int UdpChecksumAt = 6;

    /// <summary>False when the checksum of what stands at the position of the walk is surely wrong.</summary>
    internal static bool IsPlausible(in LayerWalk walk)
    {
        // Headers that replace an address in the pseudo header are not followed.
        if (walk.IsCut || walk.HasOtherPseudoHeader)
        {
            return true;
        }

        ReadOnlySpan<byte> data = walk.Rest;
        if (walk.Protocol == IpProtocol.Udp)
        {
            // Zero: the sender made none.
            int length = data.Length >= Udp.HeaderLength ? walk.UInt16(4) : 0;
            if (length < Udp.HeaderLength || length > data.Length || walk.UInt16(UdpChecksumAt) == 0)
            {
                return true;
            }

            data = data[..length];
        }

        return IsRight(data, walk.Packet.Source, walk.Packet.Destination, walk.Protocol);
    }

    /// <summary>Whether the checksum of a whole segment, datagram or message is right; true for protocols that are not checked.</summary>
    /// <param name="data">Header and payload as they were sent, without a byte missing.</param>
    /// <param name="source">Sender in the IP header.</param>
    /// <param name="destination">Receiver in the IP header.</param>
    /// <param name="protocol">IP protocol number.</param>
    public static bool IsRight(ReadOnlySpan<byte> data, in IpAddress source, in IpAddress destination, byte protocol) => protocol switch
    {
        IpProtocol.Icmp => InternetChecksum.IsRight(data),
        IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.IcmpV6 => InternetChecksum.IsRight(data, source, destination, protocol),
        _ => true,
    };
}
