namespace Vittne.Packets.Link;

/// <summary>Link headers of fixed shape: token ring, FDDI, ATM on Solaris, ARCNET, FireWire, InfiniBand.</summary>
internal static class LanHeaders
{
    /// <summary>Steps over a header of known length.</summary>
    public static Layer SkipTo(ref LayerWalk walk, int length, Layer next)
    {
        if (!walk.Has(length))
        {
            return walk.StopShort(AnomalyKind.LinkShort);
        }

        walk.Skip(length);
        return next;
    }

    /// <summary>A header of known length that holds an EtherType.</summary>
    public static Layer DecodeTypeAt(ref LayerWalk walk, int typeOffset, int length)
    {
        if (!walk.Has(length))
        {
            return walk.StopShort(AnomalyKind.LinkShort);
        }

        walk.EtherType = walk.UInt16(typeOffset);
        walk.Skip(length);
        return Layer.EtherType;
    }

    /// <summary>BSD SLIP: direction, then the header as it was sent. Compressed headers (RFC 1144) need state of the line and stay raw.</summary>
    public static Layer DecodeSlip(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer("slip");
        const int HeaderLength = 16;
        const int UncompressedIp = 4;
        if (!walk.Has(HeaderLength))
        {
            return walk.StopShort(AnomalyKind.LinkShort);
        }

        return walk.UInt8(0) <= 1 && walk.UInt8(1) >> 4 == UncompressedIp ? SkipTo(ref walk, HeaderLength, Layer.IpByVersion) : Layer.Done;
    }

    /// <summary>IEEE 802.5: access control, frame control, addresses, and routing information when the source's first bit is set.</summary>
    public static Layer DecodeTokenRing(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer("tr");
        const int HeaderLength = 14;
        if (!walk.Has(HeaderLength))
        {
            return walk.StopShort(AnomalyKind.LinkShort);
        }

        walk.Facts?.AddMacs(walk.UInt48(8), walk.UInt48(2));
        if ((walk.UInt8(1) & 0xC0) != 0x40)
        {
            return Layer.Done;
        }

        bool isRouted = (walk.UInt8(8) & 0x80) != 0;
        walk.Skip(HeaderLength);
        if (!isRouted)
        {
            return Layer.Llc;
        }

        if (!walk.Has(2))
        {
            return walk.StopShort(AnomalyKind.LinkShort);
        }

        return SkipTo(ref walk, Math.Max(2, walk.UInt8(0) & 0x1F), Layer.Llc);
    }

    /// <summary>ANSI X3.139: frame control and addresses; only LLC frames.</summary>
    public static Layer DecodeFddi(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer("fddi");
        const int HeaderLength = 13;
        if (!walk.Has(HeaderLength))
        {
            return walk.StopShort(AnomalyKind.LinkShort);
        }

        walk.Facts?.AddMacs(walk.UInt48(7), walk.UInt48(1));
        return (walk.UInt8(0) & 0xF0) == 0x50 ? SkipTo(ref walk, HeaderLength, Layer.Llc) : Layer.Done;
    }

    /// <summary>ATM on Solaris: traffic type, path, channel.</summary>
    public static Layer DecodeSunAtm(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer("atm");
        const int HeaderLength = 4;
        const int LaneClientLength = 2;
        if (!walk.Has(HeaderLength))
        {
            return walk.StopShort(AnomalyKind.LinkShort);
        }

        walk.IsAtm = true;
        return (walk.UInt8(0) & 0x0F) switch
        {
            1 => SkipTo(ref walk, HeaderLength + LaneClientLength, Layer.Ethernet),
            2 => SkipTo(ref walk, HeaderLength, Layer.Llc),
            _ => Layer.Done,
        };
    }

    /// <summary>ARCNET as Linux gives it: addresses, offset, type; RFC 1201 types have a fragment header.</summary>
    public static Layer DecodeArcnet(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer("arcnet");
        const int OldLength = 5;
        const int NewLength = 8;
        if (!walk.Has(OldLength))
        {
            return walk.StopShort(AnomalyKind.LinkShort);
        }

        byte type = walk.UInt8(4);
        if (type is 213 or 214 or 241)
        {
            walk.Facts?.AddLayer("arp");
        }

        return type switch
        {
            240 => SkipTo(ref walk, OldLength, Layer.Ipv4),
            212 => SkipTo(ref walk, NewLength, Layer.Ipv4),
            196 => SkipTo(ref walk, NewLength, Layer.Ipv6),
            _ => Layer.Done,
        };
    }
}
