namespace Vittne.Packets.Link;

/// <summary>Tag of IEEE 802.1Q (and 802.1ad): control information and the type of what follows.</summary>
internal static class Vlan
{
    private const int TagLength = 4;
    private const int IdMask = 0xFFF;

    public static Layer Decode(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer("vlan");
        if (!walk.Has(TagLength))
        {
            return walk.StopShort(AnomalyKind.LinkShort);
        }

        // Position counts: 10 in 20 is another network than 20 in 10.
        int id = walk.UInt16(0) & IdMask;
        walk.Facts?.AddVlan(id);
        walk.Vlans = (walk.Vlans * 4_099) + (uint)id + 1;
        ushort type = walk.UInt16(2);
        walk.Skip(TagLength);
        return EtherTypes.NextOrLength(ref walk, type);
    }
}
