using System.Buffers.Binary;
using Vittne.Packets.Tunnels;

namespace Vittne.Packets;

/// <summary>
/// Nearly all packets of nearly all captures, in a straight line: Ethernet, IPv4 without options or IPv6 without extension headers, whole, TCP or
/// UDP that is no tunnel. Anything else, and anything odd, is left to the layer decoders, which give the same answers.
/// </summary>
internal static class FastPath
{
    private const int EthernetLength = 14;
    private const int V4Transport = EthernetLength + 20;
    private const int V6Transport = EthernetLength + 40;
    private const int TcpLength = 20;
    private const int UdpLength = 8;

    /// <summary>Fills <paramref name="packet"/>, or returns false and leaves it in any state.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> data, ref DecodedPacket packet)
    {
        if (data.Length < V4Transport + UdpLength)
        {
            return false;
        }

        // Bytes 12 to 19: EtherType, version and header length, type of service, total length, identification.
        ulong head = BinaryPrimitives.ReadUInt64BigEndian(data[12..]);
        if (head >> 40 == 0x080045)
        {
            // Bytes 20 to 23: fragment flags and offset, time to live, protocol.
            uint middle = BinaryPrimitives.ReadUInt32BigEndian(data[20..]);
            int end = EthernetLength + (ushort)(head >> 16);
            if ((middle & 0x3FFF_0000) != 0 || end > data.Length)
            {
                return false;
            }

            packet.Source = IpAddress.FromV4(BinaryPrimitives.ReadUInt32BigEndian(data[26..]));
            packet.Destination = IpAddress.FromV4(BinaryPrimitives.ReadUInt32BigEndian(data[30..]));
            packet.TimeToLive = (byte)(middle >> 8);
            packet.Protocol = (byte)middle;
            return TryTransport(data, V4Transport, end, ref packet, DecodedFlags.HasIp | DecodedFlags.HasPorts | DecodedFlags.HasTransport);
        }

        if (head >> 44 == 0x86DD6 && data.Length >= V6Transport + UdpLength)
        {
            // Bytes 18 to 21: payload length, next header, hop limit.
            uint middle = BinaryPrimitives.ReadUInt32BigEndian(data[18..]);
            int end = V6Transport + (int)(middle >> 16);
            if (end > data.Length)
            {
                return false;
            }

            packet.Source = IpAddress.FromV6(data[22..]);
            packet.Destination = IpAddress.FromV6(data[38..]);
            packet.TimeToLive = (byte)middle;
            packet.Protocol = (byte)(middle >> 8);
            return TryTransport(
                data, V6Transport, end, ref packet, DecodedFlags.HasIp | DecodedFlags.HasPorts | DecodedFlags.HasTransport | DecodedFlags.Ipv6);
        }

        return false;
    }

    private static bool TryTransport(ReadOnlySpan<byte> data, int start, int end, ref DecodedPacket packet, DecodedFlags flags)
    {
        ReadOnlySpan<byte> header = data[start..];
        int payload;
        if (packet.Protocol == IpProtocol.Tcp)
        {
            if (end - start < TcpLength || header.Length < TcpLength)
            {
                return false;
            }

            // Bytes 12 to 15: offset, flags, window.
            uint control = BinaryPrimitives.ReadUInt32BigEndian(header[12..]);
            int length = (int)(control >> 28) * 4;
            payload = start + length;
            if (length < TcpLength || payload > end)
            {
                return false;
            }

            packet.SequenceNumber = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
            packet.AcknowledgmentNumber = BinaryPrimitives.ReadUInt32BigEndian(header[8..]);
            packet.TcpFlags = (ushort)((control >> 16) & 0xFFF);
            packet.Window = (ushort)control;
            packet.UrgentPointer = BinaryPrimitives.ReadUInt16BigEndian(header[18..]);
        }
        else if (packet.Protocol == IpProtocol.Udp && end - start >= UdpLength)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(header[4..]);
            payload = start + UdpLength;
            if (length < UdpLength || start + length > end)
            {
                return false;
            }

            end = start + length;
            uint ports = BinaryPrimitives.ReadUInt32BigEndian(header);
            if (UdpTunnels.IsCandidate((ushort)(ports >> 16), (ushort)ports, data[payload..end]))
            {
                return false;
            }

            packet.SequenceNumber = 0;
            packet.AcknowledgmentNumber = 0;
            packet.TcpFlags = 0;
            packet.Window = 0;
            packet.UrgentPointer = 0;
        }
        else
        {
            return false;
        }

        uint both = BinaryPrimitives.ReadUInt32BigEndian(header);
        packet.SourcePort = (ushort)(both >> 16);
        packet.DestinationPort = (ushort)both;
        packet.PayloadOffset = payload;
        packet.PayloadLength = end - payload;
        packet.PayloadWireLength = end - payload;
        packet.TunnelKey = 0;
        packet.Datagram = -1;
        packet.Tunnel = -1;
        packet.Flags = flags;
        packet.Anomaly = AnomalyKind.None;
        packet.FlowHash = FlowHash.Compute(packet.Source, packet.SourcePort, packet.Destination, packet.DestinationPort, packet.Protocol, tunnelKey: 0);
        return true;
    }
}
