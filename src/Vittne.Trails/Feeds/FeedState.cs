namespace Vittne.Trails.Feeds;

/// <summary>What is kept of a feed beside its entries.</summary>
public sealed record FeedState
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Entries of the last good body.</summary>
    public required int Entries { get; init; }

    /// <summary>When the server last said that this is its state, seconds since the epoch.</summary>
    public required long GoodAtSeconds { get; init; }

    /// <summary>Mark of the version; empty without.</summary>
    public string ETag { get; init; } = "";

    /// <summary>Time of the version as the server wrote it; empty without.</summary>
    public string LastModified { get; init; } = "";

    /// <summary>Digest of what the feed is said to be; another one makes the kept body useless.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>Why the last attempt failed; empty when it did not.</summary>
    public string Problem { get; init; } = "";
}
