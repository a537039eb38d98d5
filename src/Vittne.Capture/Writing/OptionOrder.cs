using Vittne.Capture.Pcapng;

namespace Vittne.Capture.Writing;

/// <summary>Options of pcapng that hold numbers, which a big-endian section has the other way round.</summary>
internal static class OptionOrder
{
    /// <summary>Bytes of the longest option that is turned.</summary>
    public const int MaxLength = 8;

    /// <summary>Writes the little-endian form of a value. False when it is no number and stays as it is.</summary>
    public static bool TryTurn(BlockType owner, ushort code, ReadOnlySpan<byte> value, Span<byte> turned)
    {
        int unit = Unit(owner, code);
        if (unit == 0 || value.Length > MaxLength || value.Length % unit != 0)
        {
            return false;
        }

        value.CopyTo(turned);
        for (int at = 0; at < value.Length; at += unit)
        {
            turned.Slice(at, unit).Reverse();
        }

        return true;
    }

    /// <summary>Bytes of each number in an option; 0 for text and bytes.</summary>
    private static int Unit(BlockType owner, ushort code) => (owner, code) switch
    {
        (BlockType.InterfaceDescription, 8 or 14 or 16 or 17) => 8, // speed, time offset
        (BlockType.InterfaceDescription, 10) => 4, // time zone
        (BlockType.EnhancedPacket, 2 or 6) => 4, // flags, queue
        (BlockType.EnhancedPacket, 4 or 5) => 8, // drop count, packet id
        (BlockType.InterfaceStatistics, 2 or 3) => 4, // start and end: high word, low word
        (BlockType.InterfaceStatistics, >= 4 and <= 8) => 8,
        _ => 0,
    };
}
