using Vittne.Packets.Measures;

namespace Vittne.Packets;

/// <summary>The first fragment of a datagram that never became whole.</summary>
/// <param name="Packet">Its addresses and, where the fragment held them, its ports; no payload.</param>
/// <param name="TimestampNs">Its time.</param>
/// <param name="Number">Its packet number in its capture.</param>
/// <param name="Tunnel">The tunnels around it, outermost first.</param>
public readonly record struct OrphanFragment(DecodedPacket Packet, long TimestampNs, long Number, TunnelLayer[] Tunnel)
{
    /// <summary>All fragments of the datagram that came.</summary>
    public FragmentSum Sum { get; init; }
}
