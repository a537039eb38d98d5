using System.Numerics;
using System.Runtime.CompilerServices;

namespace Vittne.Packets;

/// <summary>Hash of the unordered flow key: the same for both directions, all bits usable (shards take the high ones, tables any).</summary>
public static class FlowHash
{
    // Odd, without short patterns (golden ratio): spreads the 64 bits of two CRCs over the high 32.
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;

    /// <summary>Computes it. For protocols without ports they are 0; ICMP type and code are left out, for an answer has another type.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Compute(in IpAddress a, ushort portA, in IpAddress b, ushort portB, byte protocol, ulong tunnelKey)
    {
        uint left = Endpoint(a, portA);
        uint right = Endpoint(b, portB);

        // A CRC is linear: the exclusive or alone would be equal for many pairs of neighbours. The sum is not, and both are symmetric.
        ulong both = ((ulong)(left + right) << 32) | (left ^ right);
        return (uint)(((both ^ (tunnelKey + protocol)) * Multiplier) >> 32);
    }

    /// <summary>Sets <see cref="DecodedPacket.FlowHash"/> from the other fields.</summary>
    internal static void Set(ref DecodedPacket packet)
    {
        bool hasPorts = (packet.Flags & DecodedFlags.HasPorts) != 0;
        packet.FlowHash = Compute(
            packet.Source,
            hasPorts ? packet.SourcePort : (ushort)0,
            packet.Destination,
            hasPorts ? packet.DestinationPort : (ushort)0,
            packet.Protocol,
            packet.TunnelKey);
    }

    // The 16 bits above an IPv4 address are free for its port; for IPv6 they are mixed with it.
    private static uint Endpoint(in IpAddress address, ushort port) =>
        BitOperations.Crc32C(BitOperations.Crc32C(0, address.High), address.Low ^ ((ulong)port << 48));
}
