namespace Vittne.Packets.Link;

/// <summary>Headers between Ethernet frames and what they carry, which wrap whole frames or name the next type.</summary>
internal static class Shims
{
    private const int ServiceTagLength = 16;
    private const int MacSecIntegrityCheckLength = 16;

    /// <summary>Service tag of IEEE 802.1ah: the customer's addresses are part of it, the customer's type follows.</summary>
    public static Layer DecodePbb(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer("ieee8021ah");
        if (!walk.Has(ServiceTagLength + 2))
        {
            return walk.StopShort(AnomalyKind.TunnelHeader);
        }

        ushort type = walk.UInt16(ServiceTagLength);
        walk.Skip(ServiceTagLength + 2);
        return EtherTypes.NextOrLength(ref walk, type);
    }

    /// <summary>Cisco FabricPath: the tag behind the outer addresses, then the frame.</summary>
    public static Layer DecodeFabricPath(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer("fabricpath");
        return SkipTo(ref walk, 2, Layer.Ethernet);
    }

    /// <summary>Security tag of IEEE 802.1AE section 9.3, when the frame is signed but not encrypted.</summary>
    public static Layer DecodeMacSec(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer("macsec");
        if (!walk.Has(6))
        {
            return walk.StopShort(AnomalyKind.TunnelHeader);
        }

        byte control = walk.UInt8(0);
        int length = 6 + ((control & 0x20) != 0 ? 8 : 0);
        if ((control & 0x0C) != 0)
        {
            return Layer.Done;
        }

        if (!walk.Has(length + 2))
        {
            return walk.StopShort(AnomalyKind.TunnelHeader);
        }

        walk.EtherType = walk.UInt16(length);
        walk.Skip(length + 2);
        walk.DropTrailer(MacSecIntegrityCheckLength);
        return Layer.EtherType;
    }

    /// <summary>TRILL, RFC 6325 section 3: the inner frame follows the options.</summary>
    public static Layer DecodeTrill(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer("trill");
        if (!walk.Has(6))
        {
            return walk.StopShort(AnomalyKind.TunnelHeader);
        }

        int optionWords = (walk.UInt16(0) >> 6) & 0x1F;
        return SkipTo(ref walk, 6 + (optionWords * 4), Layer.Ethernet);
    }

    /// <summary>Network Service Header, RFC 8300 section 2.2.</summary>
    public static Layer DecodeNsh(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer("nsh");
        if (!walk.Has(8))
        {
            return walk.StopShort(AnomalyKind.TunnelHeader);
        }

        int length = (walk.UInt16(0) & 0x3F) * 4;
        if (walk.UInt8(0) >> 6 != 0 || length < 8)
        {
            return walk.Stop(AnomalyKind.TunnelHeader);
        }

        Layer next = walk.UInt8(3) switch
        {
            1 => Layer.Ipv4,
            2 => Layer.Ipv6,
            3 => Layer.Ethernet,
            4 => Layer.Nsh,
            5 => Layer.Mpls,
            _ => Layer.Done,
        };
        return SkipTo(ref walk, length, next);
    }

    /// <summary>B.A.T.M.A.N. advanced, versions 14 and 15: unicast packets carry frames.</summary>
    public static Layer DecodeBatman(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer("batadv");
        const byte Unicast15 = 0x40;
        const int UnicastLength = 10;
        return walk.Has(2) && walk.UInt8(0) == Unicast15 && walk.UInt8(1) == 15 ? SkipTo(ref walk, UnicastLength, Layer.Ethernet) : Layer.Done;
    }

    private static Layer SkipTo(ref LayerWalk walk, int length, Layer next)
    {
        if (!walk.Has(length))
        {
            return walk.StopShort(AnomalyKind.TunnelHeader);
        }

        walk.Skip(length);
        return next;
    }
}
