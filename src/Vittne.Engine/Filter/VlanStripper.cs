using System.Buffers.Binary;

namespace Vittne.Engine.Filter;

/// <summary>Shows Ethernet frames without their VLAN tags, so that an expression need not speak of them.</summary>
internal sealed class VlanStripper
{
    private const ushort Ethernet = 1;
    private const int MacsLength = 12;
    private const int TagLength = 4;

    private byte[] _room = new byte[2_048];

    /// <summary>Whether a frame has a tag.</summary>
    public static bool HasTag(ReadOnlySpan<byte> bytes, ushort linkType) =>
        linkType == Ethernet && bytes.Length >= MacsLength + 2 + TagLength && IsTag(bytes[MacsLength..]);

    /// <summary>The frame without tags; valid until the next call.</summary>
    public ReadOnlySpan<byte> Strip(ReadOnlySpan<byte> bytes, ushort linkType, scoped ref int length)
    {
        if (!HasTag(bytes, linkType))
        {
            return bytes;
        }

        int behind = MacsLength;
        while (bytes.Length >= behind + TagLength + 2 && IsTag(bytes[behind..]))
        {
            behind += TagLength;
        }

        int kept = bytes.Length - (behind - MacsLength);
        _room = _room.Length < kept ? new byte[kept * 2] : _room;
        bytes[..MacsLength].CopyTo(_room);
        bytes[behind..].CopyTo(_room.AsSpan(MacsLength));
        length -= behind - MacsLength;
        return _room.AsSpan(0, kept);
    }

    private static bool IsTag(ReadOnlySpan<byte> type) => BinaryPrimitives.ReadUInt16BigEndian(type) is 0x8100 or 0x88A8 or 0x9100;
}
