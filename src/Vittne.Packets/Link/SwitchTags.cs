namespace Vittne.Packets.Link;

/// <summary>Ethernet frames with the tag of a switch between addresses and type (distributed switch architecture).</summary>
internal static class SwitchTags
{
    private const int AddressesLength = 12;

    public static Layer DecodeBehindAddresses(ref LayerWalk walk, int tagLength)
    {
        walk.Facts?.AddLayer("eth");
        if (!walk.Has(AddressesLength + tagLength + 2))
        {
            return walk.StopShort(AnomalyKind.LinkShort);
        }

        walk.Facts?.AddMacs(walk.UInt48(6), walk.UInt48(0));
        ushort type = walk.UInt16(AddressesLength + tagLength);
        walk.Skip(AddressesLength + tagLength + 2);
        return EtherTypes.NextOrLength(ref walk, type);
    }
}
