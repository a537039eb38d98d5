namespace Vittne.Packets.Link;

/// <summary>What follows, by its EtherType (IEEE registration authority).</summary>
internal static class EtherTypes
{
    /// <summary>Internet Protocol.</summary>
    public const ushort Ipv4 = 0x0800;

    /// <summary>Internet Protocol version 6.</summary>
    public const ushort Ipv6 = 0x86DD;

    /// <summary>Values from here on are types, smaller ones lengths (IEEE 802.3 section 3.2.6).</summary>
    private const ushort FirstType = 1536;

    private const ushort MaxLength = 1500;
    private const int ETagLength = 6;
    private const int HsrTagLength = 4;
    private const int VnTagLength = 4;

    /// <summary>The layer of a field that holds a type or, in IEEE 802.3 frames, the length of what follows.</summary>
    public static Layer NextOrLength(ref LayerWalk walk, ushort value)
    {
        if (value >= FirstType)
        {
            return Next(ref walk, value);
        }

        if (value > MaxLength)
        {
            return walk.Stop(AnomalyKind.EthLength);
        }

        if (value <= walk.WireEnd - walk.At)
        {
            walk.Bound(value);
        }

        // Novell's raw frames have no LLC header: an IPX checksum of all ones stands there.
        return walk.Has(2) && walk.UInt16(0) == 0xFFFF ? Layer.Done : Layer.Llc;
    }

    /// <summary>The layer of an EtherType.</summary>
    public static Layer Next(ref LayerWalk walk, ushort type)
    {
        switch (type)
        {
            case Ipv4:
                return Layer.Ipv4;
            case Ipv6:
                return Layer.Ipv6;
            case 0x8100 or 0x88A8 or 0x9100 or 0x9200:
                return Layer.Vlan;
            case 0x8847 or 0x8848:
                return Layer.Mpls;
            case 0x8864:
                return Layer.Pppoe;
            case 0x880B:
                return Layer.Ppp;
            case 0x88E7:
                return Layer.Pbb;
            case 0x88E5:
                return Layer.MacSec;
            case 0x22F3:
                return Layer.Trill;
            case 0x8903:
                return Layer.FabricPath;
            case 0x894F:
                return Layer.Nsh;
            case 0x4305:
                return Layer.BatmanUnicast;
            case 0x6558:
                return Layer.Ethernet;
            case 0x8926:
                return SkipTag(ref walk, VnTagLength);
            case 0x892F:
                return SkipTag(ref walk, HsrTagLength);
            case 0x893F:
                return SkipTag(ref walk, ETagLength);
            default:
                if (NameOf(type) is { } name)
                {
                    walk.Facts?.AddLayer(name);
                }

                if (type is 0x0806 or 0x8035)
                {
                    walk.NotePlace(Layout.HeaderKind.Arp);
                }

                return Layer.Done;
        }
    }

    /// <summary>Name of what is not decoded but known; null for the rest.</summary>
    private static string? NameOf(ushort type) => type switch
    {
        0x0806 or 0x8035 => "arp",
        0x8809 => "slow",
        0x8863 => "pppoed",
        0x888E => "eapol",
        0x88CC => "lldp",
        0x88F7 => "ptp",
        _ => null,
    };

    /// <summary>True for types that a guess may take as a sign of an Ethernet frame.</summary>
    public static bool IsPlausible(ushort type) =>
        type is Ipv4 or Ipv6 or 0x0806 or 0x8100 or 0x88A8 or 0x8847 or 0x8848 or 0x8863 or 0x8864 or 0x88CC or 0x8809 or 0x9000 or 0x8902 or <= MaxLength;

    private static Layer SkipTag(ref LayerWalk walk, int length)
    {
        if (!walk.Has(length + 2))
        {
            return walk.StopShort(AnomalyKind.LinkShort);
        }

        walk.EtherType = walk.UInt16(length);
        walk.Skip(length + 2);
        return Layer.EtherType;
    }
}
