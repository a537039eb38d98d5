using Vittne.Packets;

namespace Vittne.Protocols.Quic;

/// <summary>Numbers of variable length (RFC 9000 section 16).</summary>
internal static class QuicReader
{
    /// <summary>Reads a number of one, two, four or eight bytes, as its first two bits say.</summary>
    public static bool TryReadVariable(scoped ref WireReader reader, out ulong value)
    {
        value = 0;
        ReadOnlySpan<byte> rest = reader.Rest;
        if (rest.IsEmpty || !reader.TryTake(1 << (rest[0] >> 6), out ReadOnlySpan<byte> bytes))
        {
            return false;
        }

        value = bytes[0] & 0x3Fu;
        foreach (byte next in bytes[1..])
        {
            value = (value << 8) | next;
        }

        return true;
    }

    /// <summary>Takes bytes whose number stands before them.</summary>
    public static bool TryTakeCounted(scoped ref WireReader reader, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        return TryReadVariable(ref reader, out ulong length) && length <= int.MaxValue && reader.TryTake((int)length, out bytes);
    }
}
