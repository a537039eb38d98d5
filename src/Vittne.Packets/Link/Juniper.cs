using Vittne.Packets.Tunnels;

namespace Vittne.Packets.Link;

/// <summary>Headers of Juniper routers: magic, flags, extensions, then a cookie whose length depends on the interface card.</summary>
internal static class Juniper
{
    private const ushort EthernetLinkType = 178;
    private const uint Magic = 0x4D4743;
    private const byte HasExtensions = 0x80;
    private const byte NoLinkLayer = 0x02;

    // The longest cookie with protocol fields behind it, in all of the cards' formats.
    private const int MaxSearch = 32;

    public static Layer Decode(ref LayerWalk walk, ushort linkType)
    {
        walk.Facts?.AddLayer("juniper");
        if (!walk.Has(4))
        {
            return walk.StopShort(AnomalyKind.LinkShort);
        }

        if (walk.UInt32(0) >> 8 != Magic)
        {
            return Layer.Done;
        }

        byte flags = walk.UInt8(3);
        walk.Skip(4);
        if ((flags & HasExtensions) != 0)
        {
            if (!walk.Has(2) || !walk.Has(2 + walk.UInt16(0)))
            {
                return walk.StopShort(AnomalyKind.LinkShort);
            }

            walk.Skip(2 + walk.UInt16(0));
        }

        if (linkType == EthernetLinkType && (flags & NoLinkLayer) == 0)
        {
            return Layer.Ethernet;
        }

        // Without knowing the card: the first place where a valid IP header stands.
        for (int offset = 0; offset <= MaxSearch && walk.Has(offset + 1); offset++)
        {
            if (InnerHeader.IsIp(walk.Rest[offset..]))
            {
                walk.Skip(offset);
                return Layer.IpByVersion;
            }
        }

        return Layer.Done;
    }
}
