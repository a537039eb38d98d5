namespace Vittne.Packets.Tunnels;

/// <summary>Tunnels right behind an IP header, without ports or sessions.</summary>
internal static class IpTunnels
{
    /// <summary>Ethernet within IP, RFC 3378 section 3: version 3 and a reserved field.</summary>
    public static Layer DecodeEtherIp(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer("etherip");
        if (!walk.Has(2))
        {
            return walk.StopShort(AnomalyKind.TunnelHeader);
        }

        if (walk.UInt8(0) >> 4 != 3)
        {
            return walk.Stop(AnomalyKind.TunnelHeader);
        }

        walk.PushTunnel("etherip");
        walk.Skip(2);
        return Layer.Ethernet;
    }

    /// <summary>Minimal encapsulation, RFC 2004 section 3.1: the inner addresses without a second IP header.</summary>
    public static Layer DecodeMinimal(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer("minimal");
        int length = walk.Has(8) && (walk.UInt8(1) & 0x80) != 0 ? 12 : 8;
        if (!walk.Has(length))
        {
            return walk.StopShort(AnomalyKind.TunnelHeader);
        }

        if (!walk.EnterNetwork())
        {
            return Layer.Done;
        }

        IpAddress source = length == 12 ? IpAddress.FromV4(walk.UInt32(8)) : walk.Packet.Source;
        IpAddress destination = IpAddress.FromV4(walk.UInt32(4));
        walk.PushTunnel("minimal");
        walk.Protocol = walk.UInt8(0);
        walk.SetNetwork(source, destination, walk.Protocol, walk.Packet.TimeToLive, isV6: false);
        walk.Skip(length);
        walk.SetPayload(0);
        return Layer.Transport;
    }

    /// <summary>Register message of PIM, RFC 7761 section 4.9.3: it carries the multicast packet, unless it is a null register.</summary>
    public static Layer DecodePim(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer("pim");
        const int RegisterLength = 8;
        const byte VersionAndType = 0x21;
        const byte NullRegister = 0x40;
        if (!walk.Has(RegisterLength + 1) || walk.UInt8(0) != VersionAndType || (walk.UInt8(4) & NullRegister) != 0)
        {
            return Layer.Done;
        }

        walk.PushTunnel("pim");
        walk.Skip(RegisterLength);
        return Layer.IpByVersion;
    }
}
