using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Vittne.Packets;

namespace Vittne.Trails.Heuristics.Beacons;

/// <summary>
/// The last intervals between contacts of one client with one port of one server: a fixed table of small rings, two places to choose from for
/// each. When both are taken, the one with less to say makes room. Its pages are made when they are needed.
/// </summary>
internal sealed class BeaconTable
{
    /// <summary>Intervals that are kept.</summary>
    public const int Intervals = 20;

    private const int PlacesInPage = 256;

    /// <summary>16,384 places of 128 bytes: 2 MB.</summary>
    private const int Pages = 64;

    /// <summary>Of 8 bytes each.</summary>
    private const int Tags = 16_384;

    /// <summary>So many contacts before a series gets a place: most pairs never meet again, and a scan makes very many.</summary>
    private const uint FirstContacts = 2;

    private readonly Place[]?[] _pages = new Place[]?[Pages];
    private readonly ulong[] _tags = new ulong[Tags];

    /// <summary>Series of more than half a ring that made room for others.</summary>
    public long Dropped { get; private set; }

    /// <summary>The key of a client and a port of a server.</summary>
    public static ulong KeyOf(in IpAddress client, in IpAddress server, ushort port, byte protocol)
    {
        // Not seeded: what makes room for what must be the same in every run. Whoever chooses collisions hides only himself.
        ulong key = Mix(client.High ^ (ulong.RotateLeft(server.High, 23) + port)) ^ client.Low;
        key = Mix(key ^ ulong.RotateLeft(server.Low, 17)) + protocol;
        return Mix(key) | 1;
    }

    /// <summary>Notes a contact of a pair that has no place yet.</summary>
    /// <returns>True when it has one, or has been met before, twice at least.</returns>
    public bool HasMet(ulong key)
    {
        int at = PlaceOf(key);
        if (_pages[at / PlacesInPage] is { } page && (page[at % PlacesInPage].Key == key || page[(at % PlacesInPage) + 1].Key == key))
        {
            return true;
        }

        // The upper bits tell pairs apart, the two lowest count.
        ref ulong tag = ref _tags[(key >> 20) % Tags];
        if ((tag ^ key) >> 2 != 0)
        {
            tag = key & ~3UL;
        }

        if ((tag & 3) >= FirstContacts)
        {
            return true;
        }

        tag++;
        return false;
    }

    /// <summary>The place of a series; fresh when there was none.</summary>
    public ref Place Of(ulong key)
    {
        int at = PlaceOf(key);
        Place[] page = _pages[at / PlacesInPage] ??= new Place[PlacesInPage];
        ref Place first = ref page[at % PlacesInPage];
        if (first.Key == key || first.Key == 0)
        {
            first.Key = key;
            return ref first;
        }

        ref Place second = ref page[(at % PlacesInPage) + 1];
        if (second.Key == key || second.Key == 0)
        {
            second.Key = key;
            return ref second;
        }

        ref Place weaker = ref first.IsWeakerThan(second) ? ref first : ref second;
        Dropped += weaker.Count > Intervals / 2 ? 1 : 0;
        weaker = new Place { Key = key };
        return ref weaker;
    }

    private static int PlaceOf(ulong key) => (int)(key >> 40) & ((Pages * PlacesInPage) - 2);

    private static ulong Mix(ulong value)
    {
        value *= 0x9E37_79B9_7F4A_7C15;
        return value ^ (value >> 29);
    }

    /// <summary>One series of contacts.</summary>
    internal struct Place
    {
        public ulong Key;
        public long LastNs;
        public long ToldNs;
        public int Count;
        public ushort ClientPort;
        private int _next;
        private Ring _ring;

        /// <summary>The intervals in seconds, in no order; all of them when <see cref="Count"/> has reached their number.</summary>
        [UnscopedRef]
        public readonly ReadOnlySpan<float> Seconds => ((ReadOnlySpan<float>)_ring)[..Math.Min(Count, Intervals)];

        public void Add(float seconds)
        {
            _ring[_next] = seconds;
            _next = (_next + 1) % Intervals;
            Count++;
        }

        /// <summary>Forgets the intervals: the series was broken.</summary>
        public void Restart() => (Count, _next) = (0, 0);

        public readonly bool IsWeakerThan(in Place other) =>
            Count != other.Count && Math.Min(Count, other.Count) < Intervals / 2 ? Count < other.Count : LastNs < other.LastNs;
    }

    [InlineArray(Intervals)]
    private struct Ring
    {
        private float _first;
    }
}
