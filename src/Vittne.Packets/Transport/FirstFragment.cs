using System.Buffers.Binary;

namespace Vittne.Packets.Transport;

/// <summary>What the first fragment of a datagram tells about its transport, should the rest never come.</summary>
internal static class FirstFragment
{
    /// <summary>Sets the ports where they are there. False when the transport header is not whole.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, ref DecodedPacket packet)
    {
        int needed = packet.Protocol switch
        {
            IpProtocol.Tcp => data.Length > 12 ? Math.Max(Tcp.HeaderLength, (data[12] >> 4) * 4) : Tcp.HeaderLength,
            IpProtocol.Udp or 136 => Udp.HeaderLength,
            IpProtocol.Sctp or 33 => 12,
            IpProtocol.Icmp or IpProtocol.IcmpV6 => 8,
            _ => 0,
        };
        if (packet.Protocol is IpProtocol.Icmp or IpProtocol.IcmpV6)
        {
            if (data.Length >= 2)
            {
                packet.SourcePort = data[0];
                packet.DestinationPort = data[1];
            }
        }
        else if (needed > 0 && data.Length >= 4)
        {
            packet.SourcePort = BinaryPrimitives.ReadUInt16BigEndian(data);
            packet.DestinationPort = BinaryPrimitives.ReadUInt16BigEndian(data[2..]);
            packet.Flags |= DecodedFlags.HasPorts;
        }

        return data.Length >= needed;
    }
}
