namespace Vittne.Trails.Feeds;

/// <summary>How feeds are fetched.</summary>
public sealed record FeedUpdateOptions
{
    /// <summary>Most bytes of a body when it is unpacked.</summary>
    public const int DefaultMaxLength = 128 << 20;

    /// <summary>Where feeds, static lists and their state are kept.</summary>
    public required string Folder { get; init; }

    /// <summary>Seconds without any progress after which a server is given up.</summary>
    public int TimeoutSeconds { get; init; } = 30;

    /// <summary>Address of a proxy; null for that of the environment; <c>none</c> for none.</summary>
    public string? Proxy { get; init; }

    /// <summary>Takes a feed that has lost more than half of its entries.</summary>
    public bool AcceptsShrinking { get; init; }

    /// <summary>Most bytes of a body when it is unpacked.</summary>
    public int MaxLength { get; init; } = DefaultMaxLength;

    /// <summary>Name and version that servers are told.</summary>
    public string Agent { get; init; } = "vittne";
}
