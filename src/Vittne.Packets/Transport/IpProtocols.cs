using Vittne.Packets.Tunnels;

namespace Vittne.Packets.Transport;

/// <summary>What an IP header carries, by its protocol number.</summary>
internal static class IpProtocols
{
    private const byte Ipv4 = 4;
    private const byte Dccp = 33;
    private const byte Ipv6 = 41;
    private const byte Gre = 47;
    private const byte Esp = 50;
    private const byte Authentication = 51;
    private const byte Minimal = 55;
    private const byte IpIp = 94;
    private const byte EtherIp = 97;
    private const byte Pim = 103;
    private const byte Compression = 108;
    private const byte L2tp = 115;
    private const byte UdpLite = 136;
    private const byte Mpls = 137;

    public static Layer Decode(ref LayerWalk walk)
    {
        if (walk.Context.Options.RequiresChecksums && !TransportChecksum.IsPlausible(walk))
        {
            return walk.Reject(AnomalyKind.TransportChecksum);
        }

        switch (walk.Protocol)
        {
            case IpProtocol.Tcp:
                return Tcp.Decode(ref walk);
            case IpProtocol.Udp:
                return Udp.Decode(ref walk);
            case IpProtocol.Icmp:
            case IpProtocol.IcmpV6:
                return OtherTransports.DecodeIcmp(ref walk);
            case IpProtocol.Sctp:
                return OtherTransports.DecodeSctp(ref walk);
            case UdpLite:
                return OtherTransports.DecodeUdpLite(ref walk);
            case Dccp:
                return OtherTransports.DecodeDccp(ref walk);
            case Ipv4:
            case IpIp:
                walk.PushTunnel("ip");
                return Layer.IpByVersion;
            case Ipv6:
                walk.PushTunnel("ipv6");
                return Layer.IpByVersion;
            case Gre:
                return Layer.Gre;
            case Esp:
                return EspNull.Decode(ref walk);
            case Authentication:
                return SkipAuthentication(ref walk);
            case Minimal:
                return Layer.MinimalEncapsulation;
            case EtherIp:
                return Layer.EtherIp;
            case Pim:
                return Layer.Pim;
            case Compression:
                return IpCompression.Decode(ref walk);
            case L2tp:
                return Layer.L2tpV3Session;
            case Mpls:
                walk.PushTunnel("mpls");
                return Layer.Mpls;
            default:
                if (NameOf(walk.Protocol) is { } name)
                {
                    walk.Facts?.AddLayer(name);
                }

                return Layer.Done;
        }
    }

    /// <summary>Name of what is not decoded but known; null for the rest.</summary>
    private static string? NameOf(byte protocol) => protocol switch
    {
        2 => "igmp",
        46 => "rsvp",
        88 => "eigrp",
        89 => "ospf",
        112 => "vrrp",
        _ => null,
    };

    /// <summary>IP Authentication Header in front of the transport header, RFC 4302 section 2. Each consumes at least 8 bytes, so stacks end.</summary>
    private static Layer SkipAuthentication(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer("ah");
        int length = walk.Has(8) ? (walk.UInt8(1) + 2) * 4 : 8;
        if (length < 8 || !walk.Has(length))
        {
            return walk.StopShort(AnomalyKind.TransportHeader);
        }

        walk.Protocol = walk.UInt8(0);
        walk.Packet.Protocol = walk.Protocol;
        walk.Skip(length);
        walk.SetPayload(0);
        return Layer.Transport;
    }
}
