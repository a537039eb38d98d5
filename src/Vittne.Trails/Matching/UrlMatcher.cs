using System.Buffers;
using System.Text;
using Vittne.Trails.Text;

namespace Vittne.Trails.Matching;

/// <summary>
/// Compares what a request asks for with the URL trails: the forms of <see cref="UrlCandidates"/> without and with the host, then the
/// host alone, then the same with the path as a server would read it.
/// </summary>
/// <param name="index">The trails.</param>
internal sealed class UrlMatcher(ITrailIndex index)
{
    /// <summary>The body only counts up to here, in bytes: no trail is as long as what then is compared.</summary>
    private const int MaxBodyLength = 65_536;

    /// <summary>Looks for a trail. The first form that is one ends the search.</summary>
    public bool TryFind(in UrlTarget target, out UrlFind find)
    {
        // On a whitelisted host only a trail that names the host and its path counts: such services host anybody's files.
        bool isWhitelisted = IsWhitelisted(target.Host);
        ReadOnlySpan<byte> body = target.Body[..Math.Min(target.Body.Length, MaxBodyLength)];
        byte[] decodedBody = body.IsEmpty || target.Path.Contains((byte)'?') ? [] : PercentDecoding.Decode(body);
        if (TryFindForm(target, decodedBody, isWhitelisted, out find) || (decodedBody.Length > 0 && TryFindForm(target, [], isWhitelisted, out find)))
        {
            // The second look is for paths whose shortened forms a body takes the place of.
            return true;
        }

        return TryFindHost(target.Host, isWhitelisted, out find) || TryFindNormalised(target, isWhitelisted, out find);
    }

    /// <summary>Looks for the trail <c>host/</c>, which stands for anything on that host.</summary>
    public bool TryFindHost(ReadOnlySpan<byte> host, out UrlFind find) => TryFindHost(host, IsWhitelisted(host), out find);

    /// <summary>True when the name in front of what no name can hold is whitelisted.</summary>
    private bool IsWhitelisted(ReadOnlySpan<byte> host)
    {
        int end = 0;
        while (end < host.Length && (char.IsAsciiLetterOrDigit((char)host[end]) || host[end] is (byte)'.' or (byte)'_' or (byte)'-'))
        {
            end++;
        }

        return end > 0 && index.IsWhitelistedDomain(host[..end]);
    }

    private bool TryFindHost(ReadOnlySpan<byte> host, bool isWhitelisted, out UrlFind find)
    {
        find = default;
        if (isWhitelisted || host.Length is 0 or > DomainMatcher.MaxNameLength)
        {
            return false;
        }

        Span<byte> key = stackalloc byte[DomainMatcher.MaxNameLength + 1];
        host.CopyTo(key);
        key[host.Length] = (byte)'/';
        if (!index.TryFindUrl(key[..(host.Length + 1)], out int trail))
        {
            return false;
        }

        find = new UrlFind(trail, Encoding.UTF8.GetString(key[..(host.Length + 1)]), IsInBody: false);
        return true;
    }

    private bool TryFindForm(in UrlTarget target, ReadOnlySpan<byte> decodedBody, bool isWhitelisted, out UrlFind find)
    {
        find = default;
        byte[] single = ArrayPool<byte>.Shared.Rent(target.Path.Length + 1);
        ReadOnlySpan<byte> path = single.AsSpan(0, WithoutDoubledSlashes(target.Path, single));
        byte[] joined = ArrayPool<byte>.Shared.Rent(target.Host.Length + path.Length + decodedBody.Length + 1);
        target.Host.CopyTo(joined);
        using UrlCandidates candidates = UrlCandidates.Of(path, decodedBody);
        bool found = false;
        for (int i = 0; i < candidates.Count && !found; i++)
        {
            ReadOnlySpan<byte> candidate = candidates[i];
            candidate.CopyTo(joined.AsSpan(target.Host.Length));
            ReadOnlySpan<byte> key = joined.AsSpan(0, target.Host.Length + candidate.Length);
            if (!isWhitelisted && index.TryFindUrl(candidate, out int trail))
            {
                find = Describe(target, path, candidate, trail);
                found = true;
            }
            else if (index.TryFindUrl(key, out trail))
            {
                find = Describe(target, path, key, trail);
                found = true;
            }
        }

        ArrayPool<byte>.Shared.Return(joined);
        ArrayPool<byte>.Shared.Return(single);
        return found;
    }

    /// <summary>Percent-codes and dot segments are the cheapest disguises of a path (RFC 3986 section 6.2.2).</summary>
    private bool TryFindNormalised(in UrlTarget target, bool isWhitelisted, out UrlFind find)
    {
        find = default;
        if (!target.Path.Contains((byte)'%') && target.Path.IndexOf("/."u8) < 0)
        {
            return false;
        }

        byte[] decoded = PercentDecoding.Decode(target.Path);
        foreach (ref byte value in decoded.AsSpan())
        {
            if (value is >= (byte)'A' and <= (byte)'Z')
            {
                value |= 0x20;
            }
        }

        int length = DotSegments.Remove(decoded);
        ReadOnlySpan<byte> path = decoded.AsSpan(0, length);
        if (path.IsEmpty || path.SequenceEqual(target.Path))
        {
            return false;
        }

        var normalised = new UrlTarget { Host = target.Host, Path = path, ShownHost = target.ShownHost };
        return TryFindForm(normalised, [], isWhitelisted, out find);
    }

    private static UrlFind Describe(in UrlTarget target, ReadOnlySpan<byte> path, ReadOnlySpan<byte> key, int trail)
    {
        bool isInBody = !target.Body.IsEmpty && !path.Contains((byte)'?') && key.Contains((byte)'?');
        string text = isInBody
            ? $"{Text(target.Host)}({Text(path)} \\({Text(target.Method)} {Text(target.Body.Trim(" \t\r\n\v\f"u8))}\\))"
            : Surround(Text(target.ShownHost) + Text(target.Path), Text(key));
        return new UrlFind(trail, text, isInBody);
    }

    /// <summary>The trail free wherever it stands, what is between in parentheses.</summary>
    private static string Surround(string url, string trail)
    {
        var text = new StringBuilder(url.Length + 8);
        for (int at = 0; at <= url.Length;)
        {
            int next = url.IndexOf(trail, at, StringComparison.Ordinal);
            int end = next < 0 ? url.Length : next;
            if (end > at)
            {
                text.Append('(').Append(url, at, end - at).Append(')');
            }

            if (next < 0)
            {
                break;
            }

            text.Append(trail);
            at = next + trail.Length;
        }

        return text.ToString();
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    private static int WithoutDoubledSlashes(ReadOnlySpan<byte> path, Span<byte> destination)
    {
        int written = 0;
        for (int i = 0; i < path.Length; i++)
        {
            destination[written++] = path[i];
            if (path[i] == (byte)'/' && i + 1 < path.Length && path[i + 1] == (byte)'/')
            {
                i++;
            }
        }

        return written;
    }
}
