namespace Vittne.Packets.Link;

/// <summary>Frame relay, RFC 2427, Cisco's own encapsulation, and multilink frame relay (FRF.16).</summary>
internal static class FrameRelay
{
    private const byte UnnumberedInformation = 0x03;
    private const byte FirstAndLast = 0xC0;
    private const byte Control = 0x20;
    private const int MaxAddressLength = 4;

    public static Layer Decode(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer("fr");
        int length = 0;
        do
        {
            if (length == MaxAddressLength)
            {
                return walk.Stop(AnomalyKind.LinkShort);
            }

            if (!walk.Has(length + 1))
            {
                return walk.StopShort(AnomalyKind.LinkShort);
            }
        }
        while ((walk.UInt8(length++) & 1) == 0);

        if (length < 2 || !walk.Has(length + 2))
        {
            return walk.StopShort(AnomalyKind.LinkShort);
        }

        walk.Skip(length);
        if (walk.UInt8(0) == UnnumberedInformation)
        {
            walk.Skip(1);
            return Layer.FrameRelayAtNlpid;
        }

        walk.EtherType = walk.UInt16(0);
        walk.Skip(2);
        return Layer.EtherType;
    }

    /// <summary>Network layer protocol identifier, RFC 2427 section 3, after an optional pad byte.</summary>
    public static Layer DecodeNlpid(ref LayerWalk walk)
    {
        if (walk.Has(2) && walk.UInt8(0) == 0)
        {
            walk.Skip(1);
        }

        if (!walk.Has(1))
        {
            return walk.StopShort(AnomalyKind.LinkShort);
        }

        byte protocol = walk.UInt8(0);
        walk.Skip(1);
        switch (protocol)
        {
            case 0xCC:
                return Layer.Ipv4;
            case 0x8E:
                return Layer.Ipv6;
            case 0xCF:
                return Layer.Ppp;
            case 0x80:
                return walk.Has(5) ? Llc.DecodeOui(ref walk) : walk.StopShort(AnomalyKind.LinkShort);
            default:
                return Layer.Done;
        }
    }

    /// <summary>Multilink header of two bytes, when the frame is whole in one fragment.</summary>
    public static Layer DecodeMultilink(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer("mfr");
        if (!walk.Has(2))
        {
            return walk.StopShort(AnomalyKind.LinkShort);
        }

        byte flags = walk.UInt8(0);
        walk.Skip(2);
        return (flags & FirstAndLast) == FirstAndLast && (flags & Control) == 0 ? Layer.FrameRelay : Layer.Done;
    }
}
