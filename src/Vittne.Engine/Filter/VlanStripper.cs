using System.Buffers.Binary;

namespace Vittne.Engine.Filter;

/// <summary>Shows frames without their VLAN tags, so that an expression need not speak of them.</summary>
internal sealed class VlanStripper
{
    private const ushort Ethernet = 1;
    private const ushort LinuxCooked = 113;
    private const ushort LinuxCooked2 = 276;
    private const int TagLength = 4;
    private const int LinuxCooked2Length = 20;

    private byte[] _room = new byte[2_048];

    /// <summary>Whether an Ethernet frame has a tag.</summary>
    public static bool HasTag(ReadOnlySpan<byte> bytes, ushort linkType) => linkType == Ethernet && Tags(bytes, linkType) > 0;

    /// <summary>The frame without tags; valid until the next call.</summary>
    public ReadOnlySpan<byte> Strip(ReadOnlySpan<byte> bytes, ushort linkType, scoped ref int length)
    {
        int tags = Tags(bytes, linkType);
        if (tags == 0)
        {
            return bytes;
        }

        // The type behind the last tag takes the place of the one before the first.
        int removed = tags * TagLength;
        int kept = bytes.Length - removed;
        _room = _room.Length < kept ? new byte[kept * 2] : _room;
        int type = TypeOffset(linkType);
        int tag = TagOffset(linkType);
        bytes[..tag].CopyTo(_room);
        bytes.Slice(tag + removed - 2, 2).CopyTo(_room.AsSpan(type));
        bytes[(tag + removed)..].CopyTo(_room.AsSpan(tag));
        length -= removed;
        return _room.AsSpan(0, kept);
    }

    private static int Tags(ReadOnlySpan<byte> bytes, ushort linkType)
    {
        int type = TypeOffset(linkType);
        int tag = TagOffset(linkType);
        int tags = 0;
        while (type >= 0 && bytes.Length >= tag + TagLength && IsTag(bytes[type..]))
        {
            tags++;
            tag += TagLength;
            type = tag - 2;
        }

        return tags;
    }

    /// <summary>Where the type of the payload is; -1 where there are no tags.</summary>
    private static int TypeOffset(ushort linkType) => linkType switch { Ethernet => 12, LinuxCooked => 14, LinuxCooked2 => 0, _ => -1 };

    /// <summary>Where a tag begins, two bytes of its number and the type behind it.</summary>
    private static int TagOffset(ushort linkType) => linkType switch { Ethernet => 14, LinuxCooked => 16, _ => LinuxCooked2Length };

    private static bool IsTag(ReadOnlySpan<byte> type) => BinaryPrimitives.ReadUInt16BigEndian(type) is 0x8100 or 0x88A8 or 0x9100;
}
