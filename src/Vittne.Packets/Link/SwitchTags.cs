namespace Vittne.Packets.Link;

/// <summary>Ethernet frames with the tag of a switch between addresses and type (distributed switch architecture).</summary>
internal static class SwitchTags
{
    private const int AddressesLength = 12;

    public static Layer DecodeBehindAddresses(ref LayerWalk walk, int tagLength)
    {
        if (!walk.Has(AddressesLength + tagLength + 2))
        {
            return walk.StopShort(AnomalyKind.LinkShort);
        }

        ushort type = walk.UInt16(AddressesLength + tagLength);
        walk.Skip(AddressesLength + tagLength + 2);
        return EtherTypes.NextOrLength(ref walk, type);
    }
}
