using System.Buffers.Binary;

namespace Vittne.Packets.Link;

/// <summary>What drivers put in front of wireless frames: radiotap, Prism, AVS and PPI.</summary>
internal static class RadioHeaders
{
    private const int CheckSequenceLength = 4;
    private const int PrismLength = 144;
    private const uint AvsMagic = 0x8021_1000;

    /// <summary>Radiotap: little endian, a chain of present-bit words, then the fields in bit order, aligned.</summary>
    public static Layer DecodeRadiotap(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer("radiotap");
        if (!walk.Has(8))
        {
            return walk.StopShort(AnomalyKind.LinkShort);
        }

        int length = LittleUInt16(walk, 2);
        if (length < 8 || !walk.Has(length))
        {
            return walk.StopShort(AnomalyKind.LinkShort);
        }

        uint present = LittleUInt32(walk, 4);
        int at = 8;
        uint word = present;
        while ((word & 0x8000_0000) != 0 && at + 4 <= length)
        {
            word = LittleUInt32(walk, at);
            at += 4;
        }

        // Only the time stamp (bit 0, eight bytes, aligned) can stand before the flags (bit 1).
        at = (present & 1) != 0 ? ((at + 7) & ~7) + 8 : at;
        int flags = (present & 2) != 0 && at < length ? walk.UInt8(at) : 0;
        walk.Skip(length);
        if ((flags & 0x10) != 0)
        {
            walk.DropTrailer(CheckSequenceLength);
        }

        return Ieee80211.Decode(ref walk, isPadded: (flags & 0x20) != 0);
    }

    /// <summary>Prism monitor header in the byte order of the host, or AVS in its place.</summary>
    public static Layer DecodePrism(ref LayerWalk walk)
    {
        if (!walk.Has(8))
        {
            return walk.StopShort(AnomalyKind.LinkShort);
        }

        if ((walk.UInt32(0) & 0xFFFF_F000) == AvsMagic)
        {
            return Layer.Avs;
        }

        walk.Facts?.AddLayer("prism");
        uint length = LittleUInt32(walk, 4);
        length = length > ushort.MaxValue ? walk.UInt32(4) : length;
        if (length < 8 || length > walk.Remaining)
        {
            length = PrismLength;
        }

        return SkipTo(ref walk, (int)length, Layer.Ieee80211);
    }

    /// <summary>AVS capture header: big endian, with its length.</summary>
    public static Layer DecodeAvs(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer("wlancap");
        if (!walk.Has(8))
        {
            return walk.StopShort(AnomalyKind.LinkShort);
        }

        uint length = walk.UInt32(4);
        return length is >= 8 and <= ushort.MaxValue
            ? SkipTo(ref walk, (int)length, Layer.Ieee80211)
            : walk.Stop(AnomalyKind.LinkShort);
    }

    /// <summary>Per-packet information: little endian; it names the link type of what follows.</summary>
    public static Layer DecodePpi(ref LayerWalk walk)
    {
        walk.Facts?.AddLayer("ppi");
        const ushort CommonField = 2;
        const int CommonFlagsAt = 8;
        if (!walk.Has(8))
        {
            return walk.StopShort(AnomalyKind.LinkShort);
        }

        int length = LittleUInt16(walk, 2);
        uint linkType = LittleUInt32(walk, 4);
        if (length < 8 || !walk.Has(length) || linkType > ushort.MaxValue)
        {
            return walk.StopShort(AnomalyKind.LinkShort);
        }

        bool hasCheckSequence = length >= 8 + 4 + CommonFlagsAt + 2
            && LittleUInt16(walk, 8) == CommonField
            && (LittleUInt16(walk, 12 + CommonFlagsAt) & 1) != 0;
        walk.Skip(length);
        if (hasCheckSequence)
        {
            walk.DropTrailer(CheckSequenceLength);
        }

        return LinkTypes.EnterInner(ref walk, (ushort)linkType);
    }

    private static Layer SkipTo(ref LayerWalk walk, int length, Layer next)
    {
        if (!walk.Has(length))
        {
            return walk.StopShort(AnomalyKind.LinkShort);
        }

        walk.Skip(length);
        return next;
    }

    private static ushort LittleUInt16(in LayerWalk walk, int offset) => BinaryPrimitives.ReverseEndianness(walk.UInt16(offset));

    private static uint LittleUInt32(in LayerWalk walk, int offset) => BinaryPrimitives.ReverseEndianness(walk.UInt32(offset));
}
