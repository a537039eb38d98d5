namespace Vittne.Packets.Link;

/// <summary>Point-to-Point Protocol, RFC 1661, with the compressed fields of its section 6.</summary>
internal static class Ppp
{
    private const int PppoeLength = 6;
    private const byte FirstAndLast = 0xC0;

    public static Layer Decode(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer("ppp");
        if (walk.Has(2) && walk.UInt16(0) == 0xFF03)
        {
            walk.Skip(2);
        }

        if (!walk.Has(1))
        {
            return walk.StopShort(AnomalyKind.LinkShort);
        }

        // The last byte of a protocol number is odd, the first of two even.
        bool isShort = (walk.UInt8(0) & 1) != 0;
        if (!walk.Has(isShort ? 1 : 2))
        {
            return walk.StopShort(AnomalyKind.LinkShort);
        }

        int protocol = isShort ? walk.UInt8(0) : walk.UInt16(0);
        walk.Skip(isShort ? 1 : 2);
        return protocol switch
        {
            0x0021 => Layer.Ipv4,
            0x0057 => Layer.Ipv6,
            0x0281 or 0x0283 => Layer.Mpls,
            0x0031 => DecodeBridged(ref walk),
            0x003D => DecodeMultilink(ref walk),
            _ => Layer.Done,
        };
    }

    /// <summary>Session stage of PPP over Ethernet, RFC 2516 section 4.</summary>
    public static Layer DecodePppoe(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer("pppoes");
        if (!walk.Has(PppoeLength))
        {
            return walk.StopShort(AnomalyKind.LinkShort);
        }

        int length = walk.UInt16(4);
        bool isSession = walk.UInt8(1) == 0;
        walk.Skip(PppoeLength);
        if (length > walk.WireEnd - walk.At)
        {
            walk.Report(AnomalyKind.PppoeLength);
        }
        else
        {
            walk.Bound(length);
        }

        return isSession ? Layer.Ppp : Layer.Done;
    }

    /// <summary>Bridged frames, RFC 3518 section 4.3: only Ethernet ones.</summary>
    private static Layer DecodeBridged(ref LayerWalk walk)
    {
        if (!walk.Has(2))
        {
            return walk.StopShort(AnomalyKind.LinkShort);
        }

        bool hasCheckSequence = (walk.UInt8(0) & 0x80) != 0;
        int length = 2 + ((walk.UInt8(0) & 0x40) != 0 ? 4 : 0);
        if (walk.UInt8(1) != 1 || !walk.Has(length))
        {
            return Layer.Done;
        }

        walk.Skip(length);
        walk.DropTrailer(hasCheckSequence ? 4 : 0);
        return Layer.Ethernet;
    }

    /// <summary>Multilink, RFC 1990 section 3, with long sequence numbers: only packets that are whole in one fragment.</summary>
    private static Layer DecodeMultilink(ref LayerWalk walk)
    {
        if (!walk.Has(4) || (walk.UInt8(0) & FirstAndLast) != FirstAndLast)
        {
            return Layer.Done;
        }

        // Short numbers take two bytes; the four bits between flags and number are zero in both, so only a protocol number there tells.
        bool isShort = walk.UInt8(2) == 0 && walk.UInt8(3) is 0x21 or 0x57;
        walk.Skip(isShort ? 2 : 4);
        return Layer.Ppp;
    }
}
