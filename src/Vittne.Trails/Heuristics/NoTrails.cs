using Vittne.Packets;

namespace Vittne.Trails.Heuristics;

/// <summary>An index that holds nothing, for hunts without trails.</summary>
internal sealed class NoTrails : ITrailIndex
{
    public static NoTrails Instance { get; } = new();

    public long Count => 0;

    public bool Holds(TrailKind kind) => false;

    public bool TryFindAddress(in IpAddress address, out int trail) => Nothing(out trail);

    public bool TryFindEndpoint(in IpAddress address, ushort port, out int trail) => Nothing(out trail);

    public bool TryFindDomain(ReadOnlySpan<byte> name, out int trail, out int start)
    {
        start = 0;
        return Nothing(out trail);
    }

    public bool TryFindUrl(ReadOnlySpan<byte> key, out int trail) => Nothing(out trail);

    public bool TryFindFingerprint(TrailKind kind, ReadOnlySpan<byte> key, out int trail) => Nothing(out trail);

    public bool TryFindDomainPattern(ReadOnlySpan<byte> name, out int trail, out int start, out int length)
    {
        start = 0;
        length = 0;
        return Nothing(out trail);
    }

    public bool TryFindUserAgent(ReadOnlySpan<byte> value, out int trail, out int start, out int length)
    {
        start = 0;
        length = 0;
        return Nothing(out trail);
    }

    public bool IsWhitelisted(in IpAddress address) => false;

    public bool IsWhitelistedDomain(ReadOnlySpan<byte> name) => false;

    public Trail Get(int trail) => throw new ArgumentOutOfRangeException(nameof(trail), trail, "there are no trails");

    private static bool Nothing(out int trail)
    {
        trail = 0;
        return false;
    }
}
