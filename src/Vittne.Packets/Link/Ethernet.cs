namespace Vittne.Packets.Link;

/// <summary>Ethernet II and IEEE 802.3 frames.</summary>
internal static class Ethernet
{
    /// <summary>Two addresses and the type.</summary>
    public const int HeaderLength = 14;

    public static Layer Decode(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer("eth");
        if (!walk.Has(HeaderLength))
        {
            return walk.Stop(AnomalyKind.LinkShort);
        }

        walk.Facts?.AddMacs(walk.UInt48(6), walk.UInt48(0));
        ushort type = walk.UInt16(12);
        walk.Skip(HeaderLength);
        return EtherTypes.NextOrLength(ref walk, type);
    }
}
