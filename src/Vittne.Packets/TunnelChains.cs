using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Vittne.Packets;

/// <summary>Arrays of tunnel layers for the batches. Equal chains share an array, so that tunnelled traffic allocates only when something new comes.</summary>
internal sealed class TunnelChains
{
    private const int Slots = 256;

    private readonly TunnelLayer[]?[] _slots = new TunnelLayer[Slots][];

    /// <summary>The key of a chain with one more layer inside: equal in both directions, never 0.</summary>
    public static ulong Extend(ulong key, in TunnelLayer layer, bool isIdShared)
    {
        bool isOrdered = layer.Source <= layer.Destination;
        IpAddress low = isOrdered ? layer.Source : layer.Destination;
        IpAddress high = isOrdered ? layer.Destination : layer.Source;

        // Ports are left out: outer source ports are hashes of the inner flow. The last character tells apart tunnel types of equal length.
        ReadOnlySpan<ulong> input =
        [
            key,
            low.High,
            low.Low,
            high.High,
            high.Low,
            ((ulong)layer.Protocol << 56) | ((ulong)layer.Type.Length << 48) | ((ulong)(byte)layer.Type[^1] << 40) | (isIdShared ? layer.Id : 0),
        ];
        return XxHash3.HashToUInt64(MemoryMarshal.AsBytes(input)) | 1;
    }

    /// <summary>An array with the layers of <paramref name="chain"/>; it must not be changed.</summary>
    public TunnelLayer[] Share(ReadOnlySpan<TunnelLayer> chain, ulong key)
    {
        // Outermost sender and receiver change places with the direction: two slots for the two chains of one key.
        ref readonly TunnelLayer outer = ref chain[0];
        ulong mixed = key ^ (key >> 32) ^ (outer.Source <= outer.Destination ? 1UL : 0);
        ref TunnelLayer[]? slot = ref _slots[(int)(mixed % Slots)];
        if (slot is null || !chain.SequenceEqual(slot))
        {
            slot = chain.ToArray();
        }

        return slot;
    }
}
