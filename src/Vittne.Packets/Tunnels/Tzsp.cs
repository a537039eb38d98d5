namespace Vittne.Packets.Tunnels;

/// <summary>TaZmen sniffer protocol: mirrored frames behind a list of tags.</summary>
internal static class Tzsp
{
    private const byte Padding = 0;
    private const byte End = 1;

    public static Layer Decode(ref LayerWalk walk)
    {
        if (!walk.Has(5) || walk.UInt8(0) != 1)
        {
            return Layer.Done;
        }

        ushort encapsulation = walk.UInt16(2);
        int at = 4;
        byte tag;
        do
        {
            if (!walk.Has(at + 1))
            {
                return walk.StopShort(AnomalyKind.TunnelHeader);
            }

            tag = walk.UInt8(at++);
            if (tag is not Padding and not End)
            {
                if (!walk.Has(at + 1))
                {
                    return walk.StopShort(AnomalyKind.TunnelHeader);
                }

                at += 1 + walk.UInt8(at);
            }
        }
        while (tag != End);

        walk.Facts?.AddLayer("tzsp");
        walk.PushTunnel("tzsp");
        walk.Skip(at);
        return encapsulation switch
        {
            1 => Layer.Ethernet,
            18 => Layer.Ieee80211,
            119 => Layer.Prism,
            127 => Layer.Avs,
            _ => Layer.Done,
        };
    }
}
