namespace Vittne.Trails.Feeds;

/// <summary>A feed could not be fetched.</summary>
/// <param name="problem">Why, in words that complete "the feed …".</param>
/// <param name="cause">What happened; null when the answer itself was wrong.</param>
internal sealed class FeedFetchException(string problem, Exception? cause = null) : IOException(problem, cause);
