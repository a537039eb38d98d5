namespace Vittne.Packets.Link;

/// <summary>Logical link control, IEEE 802.2, with the SNAP extension (RFC 1042).</summary>
internal static class Llc
{
    private const byte Snap = 0xAA;
    private const byte IpSap = 0x06;
    private const byte IsoSap = 0xFE;
    private const byte UnnumberedInformation = 0x03;
    private const int SnapLength = 8;
    private const uint EthernetOui = 0x000000;
    private const uint AppleTalkOui = 0x0000F8;
    private const uint BridgeOui = 0x0080C2;

    public static Layer Decode(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer("llc");
        if (!walk.Has(3))
        {
            return walk.IsCut || walk.Has(1) ? Layer.Done : walk.Stop(AnomalyKind.LinkShort);
        }

        byte destination = walk.UInt8(0);
        byte control = walk.UInt8(2);
        if (control != UnnumberedInformation)
        {
            return Layer.Done;
        }

        if (destination == Snap && walk.UInt8(1) == Snap)
        {
            return DecodeSnap(ref walk);
        }

        walk.Skip(3);
        return destination switch
        {
            IpSap => Layer.Ipv4,
            IsoSap when walk.Has(1) => Layer.FrameRelayAtNlpid,
            _ => Layer.Done,
        };
    }

    private static Layer DecodeSnap(ref LayerWalk walk)
    {
        if (!walk.Has(SnapLength))
        {
            return walk.StopShort(AnomalyKind.LinkShort);
        }

        walk.Skip(3);
        return DecodeOui(ref walk);
    }

    /// <summary>Organisation and type; at least five bytes are there.</summary>
    internal static Layer DecodeOui(ref LayerWalk walk)
    {
        uint organisation = walk.UInt32(0) >> 8;
        ushort type = walk.UInt16(3);
        walk.Skip(5);
        switch (organisation)
        {
            case EthernetOui:
            case AppleTalkOui:
                walk.EtherType = type;
                return Layer.EtherType;
            case BridgeOui when type is 1 or 7:
                // Bridged Ethernet with (1) or without (7) check sequence; RFC 2684 section 5.2 pads it to a multiple of four.
                int pad = walk.IsAtm ? 2 : 0;
                if (!walk.Has(pad + Ethernet.HeaderLength))
                {
                    return walk.StopShort(AnomalyKind.LinkShort);
                }

                walk.Skip(pad);
                walk.DropTrailer(type == 1 ? 4 : 0);
                return Layer.Ethernet;
            default:
                return Layer.Done;
        }
    }
}
