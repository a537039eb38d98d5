namespace Vittne.Packets.Fragments;

/// <summary>What the fragments of one datagram have in common: RFC 791 section 3.2, RFC 8200 section 4.5, and the tunnels and VLANs around them.</summary>
/// <param name="Source">Sender.</param>
/// <param name="Destination">Receiver.</param>
/// <param name="TunnelKey">Chain of tunnels.</param>
/// <param name="Vlans">VLAN tags; IPv4 only, for its identification is short and networks behind different tags may share addresses.</param>
/// <param name="Identification">The field of that name: 16 bits in IPv4, 32 in IPv6.</param>
/// <param name="Protocol">IP protocol; 0 for IPv6, where it is no part of the key.</param>
internal readonly record struct FragmentKey(
    IpAddress Source, IpAddress Destination, ulong TunnelKey, ulong Vlans, uint Identification, byte Protocol);
