namespace Vittne.Trails.Matching;

/// <summary>Host and path out of a request target (RFC 9112 section 3.2) or another reference, all in lower case.</summary>
internal readonly ref struct RequestTarget
{
    private static ReadOnlySpan<byte> Root => "/"u8;

    /// <summary>Host with its port and user, as it stands there; empty when the target has none.</summary>
    public ReadOnlySpan<byte> Authority { get; private init; }

    /// <summary>Path with query; <c>/</c> when the target has none.</summary>
    public ReadOnlySpan<byte> Path { get; private init; }

    /// <summary>The host without user, and without port 80: that one goes without saying.</summary>
    public ReadOnlySpan<byte> Host => WithoutDefaultPort(Authority[(Authority.LastIndexOf((byte)'@') + 1)..]);

    /// <summary>The host without any port and without the brackets of an IPv6 address.</summary>
    public ReadOnlySpan<byte> HostName => WithoutPort(Host);

    /// <summary>The target of CONNECT: <c>host:port</c>, or with a path behind it.</summary>
    public static RequestTarget OfAuthority(ReadOnlySpan<byte> target)
    {
        int end = target.IndexOfAny("/?#"u8);
        return end < 0
            ? new RequestTarget { Authority = target, Path = Root }
            : new RequestTarget { Authority = target[..end], Path = target[end..] };
    }

    /// <summary>An absolute URL.</summary>
    /// <returns>False when it has no <c>://</c>, or begins with a slash: then the rest is only a parameter.</returns>
    public static bool TryParseAbsolute(ReadOnlySpan<byte> target, out RequestTarget parsed)
    {
        parsed = default;
        int scheme = target.IndexOf("://"u8);
        if (scheme < 0 || target[0] == (byte)'/')
        {
            return false;
        }

        parsed = OfAuthority(target[(scheme + 3)..]);
        return true;
    }

    /// <summary>Cuts <c>:80</c>.</summary>
    public static ReadOnlySpan<byte> WithoutDefaultPort(ReadOnlySpan<byte> host) => host.EndsWith(":80"u8) ? host[..^3] : host;

    /// <summary>Cuts the port and the brackets of an IPv6 address (RFC 3986 section 3.2.2).</summary>
    public static ReadOnlySpan<byte> WithoutPort(ReadOnlySpan<byte> host)
    {
        if (host.StartsWith((byte)'['))
        {
            int bracket = host.IndexOf((byte)']');
            return bracket < 0 ? [] : host[1..bracket];
        }

        int colon = host.IndexOf((byte)':');
        return colon < 0 ? host : host[..colon];
    }
}
