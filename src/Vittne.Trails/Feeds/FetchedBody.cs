namespace Vittne.Trails.Feeds;

/// <summary>What a server answered.</summary>
/// <param name="Bytes">The body, unpacked; null when nothing has changed since the last time.</param>
/// <param name="ETag">Mark of this version; empty without.</param>
/// <param name="LastModified">Time of this version as the server writes it; empty without.</param>
internal sealed record FetchedBody(byte[]? Bytes, string ETag, string LastModified);
