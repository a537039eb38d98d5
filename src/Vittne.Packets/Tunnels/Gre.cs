using Vittne.Packets.Link;

namespace Vittne.Packets.Tunnels;

/// <summary>Generic routing encapsulation: RFC 2784 and 2890, routing of RFC 1701, PPTP's version of RFC 2637, and ERSPAN in it.</summary>
internal static class Gre
{
    private const ushort HasChecksum = 0x8000;
    private const ushort HasRouting = 0x4000;
    private const ushort HasKey = 0x2000;
    private const ushort HasSequence = 0x1000;
    private const ushort HasAcknowledgment = 0x0080;
    private const int MaxRoutes = 8;

    private const ushort PppType = 0x880B;
    private const ushort BridgeType = 0x6558;
    private const ushort ErspanType = 0x88BE;
    private const ushort Erspan3Type = 0x22EB;
    private const ushort WccpType = 0x883E;

    public static Layer Decode(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer("gre");
        if (!walk.Has(4))
        {
            return walk.StopShort(AnomalyKind.TunnelHeader);
        }

        ushort flags = walk.UInt16(0);
        return (flags & 7) switch
        {
            0 => DecodeVersion0(ref walk, flags),
            1 => DecodePptp(ref walk, flags),
            _ => walk.Stop(AnomalyKind.TunnelHeader),
        };
    }

    private static Layer DecodeVersion0(ref LayerWalk walk, ushort flags)
    {
        int keyAt = 4 + ((flags & (HasChecksum | HasRouting)) != 0 ? 4 : 0);
        int length = keyAt + ((flags & HasKey) != 0 ? 4 : 0) + ((flags & HasSequence) != 0 ? 4 : 0);
        if (!walk.Has(length))
        {
            return walk.StopShort(AnomalyKind.TunnelHeader);
        }

        ushort type = walk.UInt16(2);
        uint key = (flags & HasKey) != 0 ? walk.UInt32(keyAt) : 0;
        walk.Skip(length);
        if ((flags & HasRouting) != 0 && !TrySkipRoutes(ref walk))
        {
            return walk.StopShort(AnomalyKind.TunnelHeader);
        }

        switch (type)
        {
            case ErspanType:
            case Erspan3Type:
                return DecodeErspan(ref walk, (flags & HasSequence) != 0, type == Erspan3Type);
            case BridgeType when (flags & HasKey) != 0:
                // NVGRE, RFC 7637 section 3.2: 24 bits of network, 8 of flow.
                walk.PushTunnel("nvgre", key >> 8);
                return Layer.Ethernet;
            case (>= 0x8200 and <= 0x82FF) or 0x9000:
                // Access points of Aruba and Arista send wireless frames to their controllers.
                walk.PushTunnel("gre", key);
                return Layer.Ieee80211;
            case 0:
                return Layer.Done;
            default:
                walk.PushTunnel("gre", key);
                if (type == WccpType)
                {
                    // Version 2 has a redirect header, version 1 none.
                    walk.Skip(walk.Has(5) && walk.UInt8(0) >> 4 != 4 ? 4 : 0);
                    return Layer.Ipv4;
                }

                return EtherTypes.Next(ref walk, type);
        }
    }

    /// <summary>Source route entries of RFC 1701: family, offset, length, route; an entry without family and length ends them.</summary>
    private static bool TrySkipRoutes(ref LayerWalk walk)
    {
        for (int i = 0; i < MaxRoutes; i++)
        {
            if (!walk.Has(4))
            {
                return false;
            }

            int length = walk.UInt8(3);
            bool isEnd = walk.UInt16(0) == 0 && length == 0;
            if (!walk.Has(4 + length))
            {
                return false;
            }

            walk.Skip(4 + length);
            if (isEnd)
            {
                return true;
            }
        }

        return false;
    }

    private static Layer DecodePptp(ref LayerWalk walk, ushort flags)
    {
        int length = 8 + ((flags & HasSequence) != 0 ? 4 : 0) + ((flags & HasAcknowledgment) != 0 ? 4 : 0);
        if (walk.UInt16(2) != PppType || !walk.Has(length))
        {
            return walk.StopShort(AnomalyKind.TunnelHeader);
        }

        int payloadLength = walk.UInt16(4);
        ushort call = walk.UInt16(6);
        walk.Skip(length);
        if (payloadLength == 0)
        {
            return Layer.Done;
        }

        // Each side numbers calls itself, so the number cannot tell tunnels apart.
        walk.PushTunnel("pptp", call, isIdShared: false);
        walk.Bound(payloadLength);
        return Layer.Ppp;
    }

    /// <summary>Mirrored frames: type I has no header (and GRE no sequence number), II eight bytes, III twelve and perhaps a subheader.</summary>
    private static Layer DecodeErspan(ref LayerWalk walk, bool hasSequence, bool isType3)
    {
        walk.Facts?.AddLayer("erspan");
        const int Type2Length = 8;
        const int Type3Length = 12;
        const int SubheaderLength = 8;
        int length = isType3 ? Type3Length : hasSequence ? Type2Length : 0;
        if (!walk.Has(length))
        {
            return walk.StopShort(AnomalyKind.TunnelHeader);
        }

        bool isIp = false;
        if (isType3)
        {
            isIp = ((walk.UInt16(10) >> 10) & 0x1F) == 2;
            length += (walk.UInt8(11) & 1) != 0 ? SubheaderLength : 0;
            if (!walk.Has(length))
            {
                return walk.StopShort(AnomalyKind.TunnelHeader);
            }
        }

        uint session = length > 0 ? walk.UInt16(2) & 0x3FFu : 0;
        walk.PushTunnel("erspan", session);
        walk.Skip(length);
        return isIp ? Layer.IpByVersion : Layer.Ethernet;
    }
}
