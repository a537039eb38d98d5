using System.Runtime.CompilerServices;
using Vittne.Packets;

namespace Vittne.Trails.Heuristics.Scans;

/// <summary>
/// Says which sources ask several destinations for one thing, in a fixed table: most ask one, and get no state of their own. Of two that share a
/// place, who asks several keeps it.
/// </summary>
internal sealed class SweepSketch(long windowNs)
{
    /// <summary>The destination from which on it says so; those before it are not named.</summary>
    public const int Several = 8;

    /// <summary>Of 48 bytes each.</summary>
    private const int Places = 8192;

    private readonly Place[] _places = new Place[Places];

    /// <summary>Notes a destination.</summary>
    /// <returns>True when seven others, or it among them, were asked in the window, which begins with the first.</returns>
    public bool IsSeveral(in IpAddress source, ushort port, byte protocol, in IpAddress destination, long nowNs)
    {
        // Not seeded: what shares a place must be the same in every run. Whoever chooses collisions hides only himself.
        ulong key = Mix(Mix(source.High + ((ulong)protocol << 16) + port) ^ source.Low) | 1;
        ref Place place = ref _places[(key >> 32) % Places];
        bool isOpen = Math.Abs(nowNs - place.BeginNs) <= windowNs;
        if (place.Key != key || !isOpen)
        {
            if (place.Key != key && isOpen && place.Count > 1)
            {
                return false;
            }

            place = new Place { Key = key, BeginNs = nowNs };
        }

        if (place.Count == Several - 1)
        {
            return true;
        }

        uint seen = (uint)(Mix(destination.High ^ Mix(destination.Low)) >> 32);
        ReadOnlySpan<uint> all = place.Seen;
        if (!all[..place.Count].Contains(seen))
        {
            place.Seen[place.Count++] = seen;
        }

        return false;
    }

    private static ulong Mix(ulong value)
    {
        value *= 0x9E37_79B9_7F4A_7C15;
        return value ^ (value >> 29);
    }

    private struct Place
    {
        public ulong Key;
        public long BeginNs;
        public int Count;
        public Hashes Seen;
    }

    [InlineArray(Several - 1)]
    private struct Hashes
    {
        private uint _first;
    }
}
