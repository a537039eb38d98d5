namespace Vittne.Packets.Link;

/// <summary>Wireless LAN frames, IEEE 802.11 section 9.3.2: data that is neither protected nor in pieces.</summary>
internal static class Ieee80211
{
    private const int BaseLength = 24;
    private const int SequenceAt = 22;
    private const int SubframeLength = 14;
    private const byte Protected = 0x40;
    private const byte MoreFragments = 0x04;
    private const byte Order = 0x80;

    public static Layer Decode(ref LayerWalk walk) => Decode(ref walk, isPadded: false);

    /// <param name="walk">The walk.</param>
    /// <param name="isPadded">True when the header is padded to a multiple of four bytes (radiotap flag).</param>
    internal static Layer Decode(ref LayerWalk walk, bool isPadded)
    {
        if (!walk.Has(2))
        {
            return walk.StopShort(AnomalyKind.LinkShort);
        }

        return DecodeData(ref walk, walk.UInt8(0), walk.UInt8(1), SequenceAt, isPadded);
    }

    /// <summary>A frame whose fields of two bytes have their bytes in reverse order, as some controllers send them in CAPWAP.</summary>
    internal static Layer DecodeSwapped(ref LayerWalk walk) =>
        walk.Has(2) ? DecodeData(ref walk, walk.UInt8(1), walk.UInt8(0), SequenceAt + 1, isPadded: false) : walk.StopShort(AnomalyKind.LinkShort);

    /// <summary>True for the first control byte of a data frame of version 0.</summary>
    internal static bool IsData(byte control) => (control & 0x0F) == 0x08;

    private static Layer DecodeData(ref LayerWalk walk, byte control, byte flags, int fragmentAt, bool isPadded)
    {
        walk.Facts?.AddLayer("wlan");
        int subtype = control >> 4;
        NoteAddresses(ref walk, flags);
        if (!IsData(control) || (subtype & 4) != 0 || (flags & (Protected | MoreFragments)) != 0)
        {
            return Layer.Done;
        }

        bool isQos = (subtype & 8) != 0;
        int length = BaseLength + ((flags & 3) == 3 ? 6 : 0);
        int qosAt = length;
        length += isQos ? 2 : 0;
        length += isQos && (flags & Order) != 0 ? 4 : 0;
        length = isPadded ? (length + 3) & ~3 : length;
        if (!walk.Has(length))
        {
            return walk.StopShort(AnomalyKind.LinkShort);
        }

        // A fragment number other than 0 has no header of its own.
        if ((walk.UInt8(fragmentAt) & 0x0F) != 0)
        {
            return Layer.Done;
        }

        bool isAggregate = isQos && (walk.UInt8(qosAt) & 0x80) != 0;
        walk.Skip(length);
        if (isAggregate && walk.Has(SubframeLength))
        {
            int inner = walk.UInt16(12);
            walk.Skip(SubframeLength);
            walk.Bound(inner);
        }

        return Layer.Llc;
    }

    /// <summary>Which of the four addresses are sender and receiver depends on the direction to and from the access point (section 9.3.2.1).</summary>
    private static void NoteAddresses(ref LayerWalk walk, byte flags)
    {
        const int First = 4;
        const int Second = 10;
        const int Third = 16;
        const int Fourth = 24;
        int direction = flags & 3;
        if (walk.Facts is null || !walk.Has(direction == 3 ? BaseLength + 6 : BaseLength))
        {
            return;
        }

        int source = direction switch
        {
            2 => Third,
            3 => Fourth,
            _ => Second,
        };
        walk.Facts.AddMacs(walk.UInt48(source), walk.UInt48((direction & 1) != 0 ? Third : First));
    }
}
