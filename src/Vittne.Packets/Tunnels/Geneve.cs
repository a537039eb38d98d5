using Vittne.Packets.Link;

namespace Vittne.Packets.Tunnels;

/// <summary>Generic network virtualization encapsulation, RFC 8926 section 3.4.</summary>
internal static class Geneve
{
    private const int HeaderLength = 8;

    public static Layer Decode(ref LayerWalk walk)
    {
        if (!walk.Has(HeaderLength) || walk.UInt8(0) >> 6 != 0)
        {
            return Layer.Done;
        }

        int length = HeaderLength + ((walk.UInt8(0) & 0x3F) * 4);
        if (!walk.Has(length))
        {
            return walk.StopShort(AnomalyKind.TunnelHeader);
        }

        ushort type = walk.UInt16(2);
        walk.Facts?.AddLayer("geneve");
        walk.PushTunnel("geneve", walk.UInt32(4) >> 8);
        walk.Skip(length);
        return EtherTypes.Next(ref walk, type);
    }
}
