using System.Runtime.InteropServices;

namespace Vittne.Packets.Measures;

/// <summary>
/// Where the innermost headers of one packet lie, for who measures traffic. Kept only when <see cref="PacketDecoderOptions.KeepsPlaces"/> asks for
/// it, and only for packets that do not go the short way: for those <see cref="TryDerive"/> finds it in the bytes.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public struct PacketPlace
{
    private const int EthernetLength = 14;
    private const int V6Length = 40;

    /// <summary>Where the innermost IP header begins in the bytes of the packet; -1 when it lies in a reassembled datagram.</summary>
    public int Network;

    /// <summary>Where the transport header begins, in the bytes that hold the payload; -1 without.</summary>
    public int Transport;

    /// <summary>Length of the innermost IP packet by its header, or of what holds it where the header does not tell (offloading).</summary>
    public int IpLength;

    /// <summary>Index in <see cref="DecodedBatch.Earlier"/> of the fragments that came before this one made their datagram whole; -1 without.</summary>
    public int Earlier;

    /// <summary>Identifies the VLAN tags in front of the innermost IP header; 0 without.</summary>
    public ulong Vlans;

    /// <summary>True when an extension header stands for an address of the pseudo header of checksums.</summary>
    public bool HasOtherPseudoHeader;

    /// <summary>Places in a plain Ethernet frame: IPv4, or IPv6 without extension headers. False when the packet went another way.</summary>
    public static bool TryDerive(in DecodedPacket packet, ReadOnlySpan<byte> data, out PacketPlace place)
    {
        place = default;
        place.Network = EthernetLength;
        place.Earlier = -1;
        if (packet.Datagram >= 0 || packet.Tunnel >= 0 || data.Length < EthernetLength + 20 || data[12] is not (0x08 or 0x86))
        {
            return false;
        }

        if (data[12] == 0x08 && data[13] == 0 && data[14] == 0x45)
        {
            place.Transport = EthernetLength + 20;
            place.IpLength = (data[16] << 8) | data[17];
            return place.IpLength != 0 && packet.Protocol == data[23] && (packet.Flags & DecodedFlags.Fragment) == 0;
        }

        if (data[12] == 0x86 && data[13] == 0xDD && data[14] >> 4 == 6 && data.Length >= EthernetLength + V6Length && data[20] == packet.Protocol)
        {
            place.Transport = EthernetLength + V6Length;
            place.IpLength = V6Length + ((data[18] << 8) | data[19]);
            return place.IpLength != V6Length;
        }

        return false;
    }
}
