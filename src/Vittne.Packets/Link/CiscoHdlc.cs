namespace Vittne.Packets.Link;

/// <summary>Cisco's HDLC framing: address, control, EtherType.</summary>
internal static class CiscoHdlc
{
    private const int HeaderLength = 4;

    // Cisco's serial line address resolution and keep-alives, at the number that RARP has on Ethernet.
    private const ushort LineProtocol = 0x8035;

    public static Layer Decode(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer("chdlc");
        if (!walk.Has(HeaderLength))
        {
            return walk.StopShort(AnomalyKind.LinkShort);
        }

        walk.EtherType = walk.UInt16(2);
        walk.Skip(HeaderLength);
        if (walk.EtherType == LineProtocol)
        {
            walk.Facts?.AddLayer("slarp");
            return Layer.Done;
        }

        return Layer.EtherType;
    }

    /// <summary>True when the frame begins as one of Cisco's: unicast or broadcast address, control 0.</summary>
    public static bool IsAddress(ReadOnlySpan<byte> frame) => frame.Length >= 2 && frame[0] is 0x0F or 0x8F && frame[1] == 0;
}
