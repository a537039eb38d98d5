using Vittne.Packets;

namespace Vittne.Trails;

/// <summary>
/// Look-ups in a compiled set of trails. All of them are safe to call from several threads at once, allocate nothing on a miss and
/// expect canonical keys: lower case, A-labels, no trailing dot. A trail is named by its number in the index.
/// </summary>
public interface ITrailIndex
{
    /// <summary>How many trails there are.</summary>
    long Count { get; }

    /// <summary>True when there is a trail of the kind at all: what nobody looks for need not be computed.</summary>
    bool Holds(TrailKind kind);

    /// <summary>The address itself, else the network with the longest prefix that holds it.</summary>
    bool TryFindAddress(in IpAddress address, out int trail);

    /// <summary>The address with this port.</summary>
    bool TryFindEndpoint(in IpAddress address, ushort port, out int trail);

    /// <summary>The name itself, else its closest parent.</summary>
    /// <param name="name">A domain name.</param>
    /// <param name="trail">The trail found.</param>
    /// <param name="start">Where the trail begins in the name; 0 when the name itself is the trail.</param>
    bool TryFindDomain(ReadOnlySpan<byte> name, out int trail, out int start);

    /// <summary>A URL, path or host with slash (<c>host/path</c>, <c>/path</c>, <c>host/</c>), whole.</summary>
    bool TryFindUrl(ReadOnlySpan<byte> key, out int trail);

    /// <summary>A hash or fingerprint of the given kind in lower-case hex (JA4: its text).</summary>
    bool TryFindFingerprint(TrailKind kind, ReadOnlySpan<byte> key, out int trail);

    /// <summary>The leftmost match of any domain pattern in the name.</summary>
    bool TryFindDomainPattern(ReadOnlySpan<byte> name, out int trail, out int start, out int length);

    /// <summary>The leftmost match of any User-Agent pattern in the value; letter case does not count.</summary>
    bool TryFindUserAgent(ReadOnlySpan<byte> value, out int trail, out int start, out int length);

    /// <summary>True when the address is whitelisted itself or by a network.</summary>
    bool IsWhitelisted(in IpAddress address);

    /// <summary>True when the name or one of its parents is whitelisted.</summary>
    bool IsWhitelistedDomain(ReadOnlySpan<byte> name);

    /// <summary>What is known of a trail. The object is made at the first call and then kept.</summary>
    Trail Get(int trail);
}
