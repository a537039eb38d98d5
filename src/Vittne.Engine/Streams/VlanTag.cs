using System.Buffers.Binary;
using Vittne.Capture;

namespace Vittne.Engine.Streams;

/// <summary>The outermost VLAN of a packet, read where a name asks for it.</summary>
internal static class VlanTag
{
    private const ushort Ethernet = 1;
    private const ushort LinuxCooked = 113;
    private const ushort LinuxCooked2 = 276;
    private const int LinuxCooked2Length = 20;
    private const int MaxId = 0xFFF;

    /// <summary>Its identifier; -1 without a tag.</summary>
    public static int Outermost(PacketBatch packets, int index)
    {
        (int type, int tag) = packets.Packets[index].LinkType switch
        {
            Ethernet => (12, 14),
            LinuxCooked => (14, 16),
            LinuxCooked2 => (0, LinuxCooked2Length),
            _ => (-1, -1),
        };
        ReadOnlySpan<byte> bytes = packets.Bytes(index);
        return type >= 0 && bytes.Length >= tag + 2 && BinaryPrimitives.ReadUInt16BigEndian(bytes[type..]) is 0x8100 or 0x88A8 or 0x9100 or 0x9200
            ? BinaryPrimitives.ReadUInt16BigEndian(bytes[tag..]) & MaxId
            : -1;
    }
}
