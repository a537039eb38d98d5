using System.IO.Hashing;
using System.Runtime.InteropServices;
using Vittne.Packets;

namespace Vittne.Trails.Heuristics.Names;

/// <summary>
/// When a server last answered a client with a public and with a private address for a name: a fixed table by hash. Two names that
/// share a place forget each other, which hides a change at worst.
/// </summary>
internal sealed class AnswerHistory
{
    private const int Places = 16_384;

    private readonly Place[] _places = new Place[Places];

    /// <summary>The place of a name; fresh when another one had it.</summary>
    public ref Place Of(in IpAddress client, in IpAddress server, string name)
    {
        ReadOnlySpan<ulong> ends = [client.High, client.Low, server.High, server.Low];
        ulong key = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(name.AsSpan()), (long)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(ends))) | 1;
        ref Place place = ref _places[(key >> 32) % Places];
        if (place.Key != key)
        {
            place = new Place { Key = key };
        }

        return ref place;
    }

    /// <summary>What is known of one name.</summary>
    public struct Place
    {
        public ulong Key;
        public long PublicNs;
        public long PrivateNs;
        public bool HasPublic;
        public bool HasPrivate;
    }
}
