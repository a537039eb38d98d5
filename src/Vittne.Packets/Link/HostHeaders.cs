using System.Buffers.Binary;

namespace Vittne.Packets.Link;

/// <summary>Headers that operating systems make up for interfaces without one: they name an address family or a link type.</summary>
internal static class HostHeaders
{
    /// <summary>BSD loopback: the family in the byte order of whoever wrote the capture.</summary>
    public static Layer DecodeNull(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer("null");
        if (!walk.Has(4))
        {
            return walk.StopShort(AnomalyKind.LinkShort);
        }

        uint family = walk.UInt32(0);
        family = family > ushort.MaxValue ? BinaryPrimitives.ReverseEndianness(family) : family;
        walk.Skip(4);
        return ByFamily(family);
    }

    /// <summary>OpenBSD loopback: the family in network order.</summary>
    public static Layer DecodeLoop(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer("null");
        if (!walk.Has(4))
        {
            return walk.StopShort(AnomalyKind.LinkShort);
        }

        uint family = walk.UInt32(0);
        walk.Skip(4);
        return ByFamily(family);
    }

    /// <summary>OpenBSD packet filter log: its first byte is its length without the padding to a multiple of four.</summary>
    public static Layer DecodePflog(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer("pflog");
        const int MinLength = 48;
        if (!walk.Has(MinLength))
        {
            return walk.StopShort(AnomalyKind.LinkShort);
        }

        int length = (walk.UInt8(0) + 3) & ~3;
        byte family = walk.UInt8(1);
        if (length < MinLength || !walk.Has(length))
        {
            return walk.StopShort(AnomalyKind.LinkShort);
        }

        walk.Skip(length);
        return ByFamily(family);
    }

    /// <summary>Solaris IP observability: version, family (2 or 26), lengths and zones.</summary>
    public static Layer DecodeIpNet(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer("ipnet");
        const int Length = 24;
        const byte SolarisV6 = 26;
        if (!walk.Has(Length))
        {
            return walk.StopShort(AnomalyKind.LinkShort);
        }

        byte family = walk.UInt8(1);
        walk.Skip(Length);
        return family == SolarisV6 ? Layer.Ipv6 : ByFamily(family);
    }

    /// <summary>Linux netfilter log: attributes in the byte order of the host, of which number 9 is the packet.</summary>
    public static Layer DecodeNflog(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer("nflog");
        const int HeaderLength = 4;
        const int Payload = 9;
        if (!walk.Has(HeaderLength))
        {
            return walk.StopShort(AnomalyKind.LinkShort);
        }

        byte family = walk.UInt8(0);
        walk.Skip(HeaderLength);

        // The packet's own length is not told: the first attribute's length makes sense in one byte order only.
        bool isBigEndian = walk.Has(4) && BinaryPrimitives.ReverseEndianness(walk.UInt16(0)) > walk.Remaining;
        while (walk.Has(4))
        {
            int length = isBigEndian ? walk.UInt16(0) : BinaryPrimitives.ReverseEndianness(walk.UInt16(0));
            int type = (isBigEndian ? walk.UInt16(2) : BinaryPrimitives.ReverseEndianness(walk.UInt16(2))) & 0x7FFF;
            if (length < 4)
            {
                return walk.Stop(AnomalyKind.LinkShort);
            }

            if (type == Payload)
            {
                walk.Skip(4);
                walk.Bound(length - 4);
                return family is 0 or 1 ? Layer.Done : ByFamily(family);
            }

            if (!walk.Has((length + 3) & ~3))
            {
                break;
            }

            walk.Skip((length + 3) & ~3);
        }

        return walk.StopShort(AnomalyKind.LinkShort);
    }

    /// <summary>Apple's PKTAP: little endian; length, kind and link type first.</summary>
    public static Layer DecodePktap(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer("pktap");
        const int MinLength = 12;
        if (!walk.Has(MinLength))
        {
            return walk.StopShort(AnomalyKind.LinkShort);
        }

        uint length = BinaryPrimitives.ReverseEndianness(walk.UInt32(0));
        uint linkType = BinaryPrimitives.ReverseEndianness(walk.UInt32(8));
        if (length < MinLength || length > walk.Remaining || linkType > ushort.MaxValue)
        {
            return walk.StopShort(AnomalyKind.LinkShort);
        }

        walk.Skip((int)length);
        return LinkTypes.EnterInner(ref walk, (ushort)linkType);
    }

    /// <summary>Address families as BSD (2; 24, 28, 30), Linux (2; 10) and Windows (2; 23) number them.</summary>
    private static Layer ByFamily(uint family) => family switch
    {
        2 => Layer.Ipv4,
        10 or 23 or 24 or 28 or 30 => Layer.Ipv6,
        _ => Layer.Done,
    };
}
