using Vittne.Packets.Link;

namespace Vittne.Packets.Network;

/// <summary>Multiprotocol label stack, RFC 3032; what follows is guessed, for labels do not tell it.</summary>
internal static class Mpls
{
    private const int MaxLabels = 16;
    private const int EntryLength = 4;
    private const int LabelShift = 12;
    private const uint BottomOfStack = 0x100;

    public static Layer Decode(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer("mpls");
        int labels = 0;
        bool isBottom = false;
        while (!isBottom)
        {
            if (labels++ == MaxLabels)
            {
                return walk.Stop(AnomalyKind.MplsDepth);
            }

            if (!walk.Has(EntryLength))
            {
                return walk.StopShort(AnomalyKind.TunnelHeader);
            }

            walk.Facts?.AddLabel(walk.UInt32(0) >> LabelShift);
            isBottom = (walk.UInt32(0) & BottomOfStack) != 0;
            walk.Skip(EntryLength);
        }

        if (!walk.Has(1))
        {
            return Layer.Done;
        }

        switch (walk.UInt8(0) >> 4)
        {
            case 4:
                return Layer.Ipv4;
            case 6:
                return Layer.Ipv6;
            case 0 when walk.Has(EntryLength + Ethernet.HeaderLength) && EtherTypes.IsPlausible(walk.UInt16(EntryLength + 12)):
                // Control word of a pseudowire, RFC 4385.
                walk.Skip(EntryLength);
                return Layer.Ethernet;
            default:
                return walk.Has(Ethernet.HeaderLength) && EtherTypes.IsPlausible(walk.UInt16(12)) ? Layer.Ethernet : Layer.Done;
        }
    }
}
