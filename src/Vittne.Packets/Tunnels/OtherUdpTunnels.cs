namespace Vittne.Packets.Tunnels;

/// <summary>Encapsulations in UDP that add next to nothing to what they carry.</summary>
internal static class OtherUdpTunnels
{
    /// <summary>Anything in anything (draft-massar-v6ops-ayiya section 3): identity, signature, next header.</summary>
    public static Layer DecodeAyiya(ref LayerWalk walk)
    {
        const int FixedLength = 8;
        const int Forward = 1;
        if (!walk.Has(FixedLength) || (walk.UInt8(2) & 15) != Forward)
        {
            return Layer.Done;
        }

        int length = FixedLength + (1 << (walk.UInt8(0) >> 4)) + ((walk.UInt8(1) >> 4) * 4);
        return walk.UInt8(3) is 4 or 41 ? EnterIp(ref walk, "ayiya", length) : Layer.Done;
    }

    /// <summary>Generic UDP encapsulation (draft-ietf-intarea-gue section 3): version 0 with a header, version 1 bare IP.</summary>
    public static Layer DecodeGue(ref LayerWalk walk)
    {
        const int FixedLength = 4;
        if (!walk.Has(FixedLength))
        {
            return Layer.Done;
        }

        switch (walk.UInt8(0) >> 6)
        {
            case 0:
                bool isControl = (walk.UInt8(0) & 0x20) != 0;
                int length = FixedLength + ((walk.UInt8(0) & 0x1F) * 4);
                return !isControl && walk.UInt8(1) is 4 or 41 ? EnterIp(ref walk, "gue", length) : Layer.Done;
            case 1:
                return EnterIp(ref walk, "gue", 0);
            default:
                return Layer.Done;
        }
    }

    /// <summary>Bare IP in UDP as Linux sends it (foo over UDP); its port belongs to others too.</summary>
    public static Layer DecodeFou(ref LayerWalk walk) => EnterIp(ref walk, "fou", 0);

    /// <summary>Data packets of the locator/identifier separation protocol, RFC 9300 section 5.</summary>
    public static Layer DecodeLisp(ref LayerWalk walk) => EnterIp(ref walk, "lisp", 8);

    /// <summary>MPLS in UDP, RFC 7510.</summary>
    public static Layer DecodeMpls(ref LayerWalk walk)
    {
        walk.PushTunnel("mpls");
        return Layer.Mpls;
    }

    private static Layer EnterIp(ref LayerWalk walk, string type, int length)
    {
        if (!walk.Has(length + 1) || !InnerHeader.IsIp(walk.Rest[length..]))
        {
            return Layer.Done;
        }

        walk.Facts?.AddLayer(type);
        walk.PushTunnel(type);
        walk.Skip(length);
        return Layer.IpByVersion;
    }
}
