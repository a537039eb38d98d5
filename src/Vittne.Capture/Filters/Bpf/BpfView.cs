namespace Vittne.Capture.Filters.Bpf;

/// <summary>
/// Where a program finds the bytes that a packet has in a capture file. Behind a packet socket the outermost VLAN tag, or the whole cooked
/// header, is not in the packet.
/// </summary>
/// <param name="Cut">Bytes that are not there, between <paramref name="Start"/> and what follows.</param>
/// <param name="Start">Bytes in front of them that are there.</param>
/// <param name="Beside">Fields among them that Linux tells: offset, size, where.</param>
internal sealed record BpfView(uint Cut, uint Start, (uint Offset, int Size, uint Place)[] Beside)
{
    private const uint BesideProtocol = BpfCode.Beside;
    private const uint BesidePacketType = BpfCode.Beside + 4;
    private const uint BesideInterface = BpfCode.Beside + 8;
    private const uint Longest = 0x7fffffff;

    /// <summary>All is in the packet.</summary>
    public static BpfView Whole { get; } = new(0, 0, []);

    /// <summary>Ethernet without its outermost VLAN tag.</summary>
    public static BpfView Tagged { get; } = new(4, 12, [(12, 2, BpfCode.BesideVlanProtocol), (14, 2, BpfCode.BesideVlanTag)]);

    /// <summary>Linux cooked, version 1.</summary>
    public static BpfView Cooked { get; } = new(16, 0, [(0, 2, BesidePacketType), (14, 2, BesideProtocol)]);

    /// <summary>Linux cooked, version 2.</summary>
    public static BpfView Cooked2 { get; } = new(20, 0, [(0, 2, BesideProtocol), (4, 4, BesideInterface), (10, 1, BesidePacketType)]);

    /// <summary>The place of a field in this view, and whether it is in the packet; false where it is not to be had.</summary>
    public bool TryPlace(uint offset, int size, out uint place, out bool isBeside)
    {
        isBeside = false;
        place = offset;
        if (Cut == 0 || (ulong)offset + (uint)size <= Start)
        {
            return offset <= Longest;
        }

        foreach ((uint at, int length, uint found) in Beside)
        {
            if (at == offset && length == size)
            {
                (place, isBeside) = (found, true);
                return true;
            }
        }

        place = offset - Cut;
        return offset >= Start + Cut && offset <= Longest;
    }
}
