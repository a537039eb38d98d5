using Vittne.Packets.Transport;

namespace Vittne.Packets.Tunnels;

/// <summary>
/// Encapsulating Security Payload (RFC 4303 section 2) whose cipher is NULL (RFC 2410). Nothing in the packet says so: it is believed when the
/// padding is as it must be and what is inside adds up, and only when the user asks for it.
/// </summary>
internal static class EspNull
{
    private const ushort NatTraversalPort = 4500;
    private const int HeaderLength = 8;
    private const int TrailerLength = 2;
    private const byte Ipv4InIp = 4;
    private const byte Ipv6InIp = 41;

    /// <summary>True for the port of ESP behind address translation (RFC 3948).</summary>
    public static bool IsPort(in DecodedPacket packet) => packet.SourcePort == NatTraversalPort || packet.DestinationPort == NatTraversalPort;

    /// <summary>ESP in UDP: no marker of four zeros, which IKE has. Transport mode cannot be told, for translation spoils its checksums.</summary>
    public static Layer DecodeUdp(ref LayerWalk walk)
    {
        if (!walk.Has(HeaderLength))
        {
            return Layer.Done;
        }

        walk.Facts?.AddLayer("udpencap");
        if (walk.UInt32(0) == 0)
        {
            walk.Facts?.AddLayer("isakmp");
            return Layer.Done;
        }

        return Decode(ref walk, isTunnelOnly: true);
    }

    /// <summary>ESP behind an IP header.</summary>
    public static Layer Decode(ref LayerWalk walk) => Decode(ref walk, isTunnelOnly: false);

    private static Layer Decode(ref LayerWalk walk, bool isTunnelOnly)
    {
        walk.Facts?.AddLayer("esp");
        if (!walk.Context.Options.AcceptsEspNull || walk.IsCut)
        {
            return Layer.Done;
        }

        // Lengths of the integrity check value in use: 96 bits, 128 bits, none.
        ReadOnlySpan<int> checkLengths = [12, 16, 0];
        foreach (int checkLength in checkLengths)
        {
            if (TryFindPayload(walk, checkLength, out int length, out byte protocol) && !(isTunnelOnly && protocol is not Ipv4InIp and not Ipv6InIp))
            {
                walk.Skip(HeaderLength);
                walk.Bound(length);
                walk.Protocol = protocol;
                walk.Packet.Protocol = protocol;
                walk.SetPayload(0);
                return Layer.Transport;
            }
        }

        return Layer.Done;
    }

    private static bool TryFindPayload(in LayerWalk walk, int checkLength, out int length, out byte protocol)
    {
        length = 0;
        protocol = 0;
        ReadOnlySpan<byte> data = walk.Rest;
        if (data.Length < HeaderLength + TrailerLength + checkLength + 1)
        {
            return false;
        }

        data = data[HeaderLength..^checkLength];
        int padding = data[^TrailerLength];
        protocol = data[^1];
        length = data.Length - TrailerLength - padding;
        if (length <= 0)
        {
            return false;
        }

        // RFC 4303 section 2.4: padding is 1, 2, 3, …
        ReadOnlySpan<byte> pad = data.Slice(length, padding);
        for (int i = 0; i < pad.Length; i++)
        {
            if (pad[i] != (byte)(i + 1))
            {
                return false;
            }
        }

        ReadOnlySpan<byte> payload = data[..length];
        return protocol switch
        {
            Ipv4InIp => payload[0] >> 4 == 4 && InnerHeader.IsIp(payload),
            Ipv6InIp => InnerHeader.IsIpv6(payload),
            IpProtocol.Tcp => payload.Length >= Tcp.HeaderLength && IsRight(payload, walk, protocol),
            IpProtocol.Udp or IpProtocol.Icmp or IpProtocol.IcmpV6 => payload.Length >= Udp.HeaderLength && IsRight(payload, walk, protocol),
            _ => false,
        };
    }

    private static bool IsRight(ReadOnlySpan<byte> payload, in LayerWalk walk, byte protocol) =>
        TransportChecksum.IsRight(payload, walk.Packet.Source, walk.Packet.Destination, protocol);
}
