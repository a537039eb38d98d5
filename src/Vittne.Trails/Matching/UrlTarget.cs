namespace Vittne.Trails.Matching;

/// <summary>What a request asks for, as far as URL trails look at it.</summary>
internal readonly ref struct UrlTarget
{
    /// <summary>Host in lower case, without port 80; the receiver's address when no header names one.</summary>
    public required ReadOnlySpan<byte> Host { get; init; }

    /// <summary>Path with query in lower case, from its first slash on.</summary>
    public required ReadOnlySpan<byte> Path { get; init; }

    /// <summary>Host as it is shown before the path: where an absolute target names port 80, with it.</summary>
    public required ReadOnlySpan<byte> ShownHost { get; init; }

    /// <summary>The method as sent.</summary>
    public ReadOnlySpan<byte> Method { get; init; }

    /// <summary>The body as sent; empty without.</summary>
    public ReadOnlySpan<byte> Body { get; init; }
}
