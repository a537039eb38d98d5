using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Vittne.Capture;
using Vittne.Packets.Link;

namespace Vittne.Packets.Payloads;

/// <summary>
/// Finds what packets carry: the bytes behind the transport header of the outermost IP header, one packet at a time, without fragments being put
/// together and without a look into tunnels (whose content is payload here). One instance per thread.
/// </summary>
public sealed class PayloadReader
{
    private const ushort EthernetLinkType = 1;
    private const int EthernetLength = 14;
    private const int V4Length = 20;
    private const int V6Length = 40;
    private const int TcpLength = 20;
    private const int UdpLength = 8;

    /// <summary>Type, code and checksum of ICMP, ICMPv6 and IGMP.</summary>
    private const int ControlLength = 4;

    /// <summary>Extension headers of IPv6 that are walked; more are an attack.</summary>
    private const int MaxExtensions = 16;

    private const byte Igmp = 2;
    private const byte HopByHop = 0;
    private const byte Routing = 43;
    private const byte Fragment = 44;
    private const byte DestinationOptions = 60;

    private readonly DecodeContext _context = new(new PacketDecoderOptions(), isQuoted: true);

    /// <summary>Finds the payload of a packet.</summary>
    /// <param name="bytes">The captured bytes.</param>
    /// <param name="packet">What the capture says of the packet.</param>
    /// <param name="payload">Where things lie; the length is 0 where there is no payload.</param>
    /// <returns>False when there is no IP header.</returns>
    public bool TryRead(ReadOnlySpan<byte> bytes, in PacketRef packet, out PacketPayload payload)
    {
        payload = default;
        int end = bytes.Length;
        if (packet.LinkType == EthernetLinkType && bytes.Length > EthernetLength
            && BinaryPrimitives.ReadUInt16BigEndian(bytes[12..]) is EtherTypes.Ipv4 or EtherTypes.Ipv6)
        {
            payload.Network = EthernetLength;
        }
        else if (!TryLocate(bytes, packet, ref payload, ref end))
        {
            return false;
        }

        ReadOnlySpan<byte> network = bytes[payload.Network..end];
        return (network[0] >> 4) switch
        {
            4 => TryReadV4(network, ref payload),
            6 => TryReadV6(network, ref payload),
            _ => false,
        };
    }

    /// <summary>The addresses of a packet that <see cref="TryRead"/> has read.</summary>
    public static (IpAddress Source, IpAddress Destination) AddressesOf(ReadOnlySpan<byte> bytes, in PacketPayload payload)
    {
        ReadOnlySpan<byte> network = bytes[payload.Network..];
        return payload.IsV6
            ? (IpAddress.FromV6(network.Slice(8, 16)), IpAddress.FromV6(network.Slice(24, 16)))
            : (IpAddress.FromV4(BinaryPrimitives.ReadUInt32BigEndian(network[12..])), IpAddress.FromV4(BinaryPrimitives.ReadUInt32BigEndian(network[16..])));
    }

    // Apart from the common way, whose frame would otherwise be cleared for what is needed here.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryLocate(ReadOnlySpan<byte> bytes, in PacketRef packet, ref PacketPayload payload, ref int end)
    {
        _context.Begin(0, packet.TimestampNs, packet.Number);
        DecodedPacket ignored = default;
        var walk = new LayerWalk(bytes, packet.OriginalLength, ref ignored, _context);
        Layer layer = LinkTypes.Enter(ref walk, packet.LinkType);
        while (layer > Layer.Transport && walk.EnterEncapsulation())
        {
            layer = PacketDecoder.Next(ref walk, layer);
        }

        _context.Batch.Anomalies.Clear();
        payload.Network = walk.At;
        end = walk.End;
        return layer is Layer.Ipv4 or Layer.Ipv6 or Layer.IpByVersion && walk.At < walk.End;
    }

    private static bool TryReadV4(ReadOnlySpan<byte> network, ref PacketPayload payload)
    {
        if (network.Length < V4Length)
        {
            return false;
        }

        int header = (network[0] & 15) * 4;
        int total = BinaryPrimitives.ReadUInt16BigEndian(network[2..]);
        uint fragment = BinaryPrimitives.ReadUInt16BigEndian(network[6..]);
        payload.Protocol = network[9];
        payload.IsFragment = (fragment & 0x3FFF) != 0;
        payload.FragmentOffset = (int)(fragment & 0x1FFF) * 8;
        payload.FragmentId = BinaryPrimitives.ReadUInt16BigEndian(network[4..]);

        // Zero stands for more than the field can hold: segmentation offload on the sender's own capture.
        int end = total == 0 ? network.Length : Math.Min(total, network.Length);
        ReadTransport(network, Math.Max(header, V4Length), end, ref payload);
        return true;
    }

    private static bool TryReadV6(ReadOnlySpan<byte> network, ref PacketPayload payload)
    {
        if (network.Length < V6Length)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(network[4..]);
        int end = length == 0 && network[6] == HopByHop ? network.Length : Math.Min(V6Length + length, network.Length);
        int at = V6Length;
        byte protocol = network[6];
        for (int i = 0; i < MaxExtensions && at + 8 <= end && protocol is HopByHop or Routing or Fragment or DestinationOptions; i++)
        {
            bool isFragment = protocol == Fragment;
            int header = isFragment ? 8 : (network[at + 1] + 1) * 8;
            if (isFragment)
            {
                payload.IsFragment = true;
                payload.FragmentOffset = BinaryPrimitives.ReadUInt16BigEndian(network[(at + 2)..]) & 0xFFF8;
                payload.FragmentId = BinaryPrimitives.ReadUInt32BigEndian(network[(at + 4)..]);
            }

            protocol = network[at];
            at += header;
            if (payload.FragmentOffset > 0)
            {
                break;
            }
        }

        payload.Protocol = protocol;
        payload.IsV6 = true;
        ReadTransport(network, at, end, ref payload);
        return true;
    }

    private static void ReadTransport(ReadOnlySpan<byte> network, int start, int end, ref PacketPayload payload)
    {
        start = Math.Min(start, network.Length);
        end = Math.Max(start, end);
        int header = 0;
        int least = 0;
        int there = end - start;
        if (payload.FragmentOffset == 0)
        {
            switch (payload.Protocol)
            {
                case IpProtocol.Tcp:
                    least = TcpLength;
                    header = there >= TcpLength ? Math.Max(TcpLength, (network[start + 12] >> 4) * 4) : TcpLength;
                    break;
                case IpProtocol.Udp:
                    header = least = UdpLength;
                    int length = there >= UdpLength ? BinaryPrimitives.ReadUInt16BigEndian(network[(start + 4)..]) : 0;
                    end = length >= UdpLength ? Math.Min(end, start + length) : end;
                    break;
                case IpProtocol.Icmp or IpProtocol.IcmpV6 or Igmp:
                    header = least = ControlLength;
                    break;
            }
        }

        payload.HasTransport = payload.FragmentOffset == 0 && least <= there;
        payload.Transport = payload.Network + start;
        payload.Start = payload.Network + Math.Min(start + header, end);
        payload.Length = end - Math.Min(start + header, end);
    }
}
