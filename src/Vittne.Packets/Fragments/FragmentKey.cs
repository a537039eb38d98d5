namespace Vittne.Packets.Fragments;

/// <summary>What the fragments of one datagram have in common: RFC 791 section 3.2, RFC 8200 section 4.5, and the tunnels and VLANs around them.</summary>
/// <param name="Source">Sender.</param>
/// <param name="Destination">Receiver.</param>
/// <param name="TunnelKey">Chain of tunnels.</param>
/// <param name="Vlans">VLAN tags; IPv4 only, for its identification is short and networks behind different tags may share addresses.</param>
/// <param name="Identification">The field of that name: 16 bits in IPv4, 32 in IPv6.</param>
/// <param name="Protocol">IP protocol; 0 for IPv6, where it is no part of the key.</param>
internal readonly record struct FragmentKey(
    IpAddress Source, IpAddress Destination, ulong TunnelKey, ulong Vlans, uint Identification, byte Protocol)
{
    // Seeded, so that nobody can choose fragments that fall into one bucket.
    private static readonly ulong Seed = (ulong)Random.Shared.NextInt64() | 1;

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        ulong hash = Mix(Source.High ^ Seed, Source.Low);
        hash = Mix(hash ^ Destination.High, Destination.Low);
        hash = Mix(hash ^ TunnelKey, Vlans ^ ((ulong)Identification << 8) ^ Protocol);
        return (int)(hash ^ (hash >> 32));
    }

    private static ulong Mix(ulong left, ulong right)
    {
        ulong high = Math.BigMul(left ^ 0x9E3779B97F4A7C15, right ^ Seed, out ulong low);
        return high ^ low;
    }
}
