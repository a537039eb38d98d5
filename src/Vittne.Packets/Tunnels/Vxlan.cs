namespace Vittne.Packets.Tunnels;

/// <summary>Virtual extensible LAN, RFC 7348 section 5, and its generic protocol extension.</summary>
internal static class Vxlan
{
    private const int HeaderLength = 8;
    private const byte HasNetwork = 0x08;
    private const byte HasNextProtocol = 0x04;

    /// <summary>True when reserved bits are 0 and a frame with a valid IP header follows.</summary>
    public static bool Recognizes(ReadOnlySpan<byte> data) =>
        data.Length > HeaderLength && data[0] == HasNetwork && data[7] == 0 && InnerHeader.IsEthernet(data[HeaderLength..]);

    public static Layer Decode(ref LayerWalk walk) => Decode(ref walk, Layer.Ethernet);

    public static Layer DecodeGpe(ref LayerWalk walk)
    {
        if (!walk.Has(HeaderLength) || (walk.UInt8(0) & HasNextProtocol) == 0)
        {
            return Decode(ref walk);
        }

        return Decode(ref walk, walk.UInt8(3) switch
        {
            1 => Layer.Ipv4,
            2 => Layer.Ipv6,
            3 => Layer.Ethernet,
            4 => Layer.Nsh,
            5 => Layer.Mpls,
            _ => Layer.Done,
        });
    }

    private static Layer Decode(ref LayerWalk walk, Layer next)
    {
        if (!walk.Has(HeaderLength) || (walk.UInt8(0) & HasNetwork) == 0)
        {
            return Layer.Done;
        }

        walk.Facts?.AddLayer("vxlan");
        walk.PushTunnel("vxlan", walk.UInt32(4) >> 8);
        walk.Skip(HeaderLength);
        return next;
    }
}
