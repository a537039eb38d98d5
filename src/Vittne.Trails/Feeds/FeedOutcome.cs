namespace Vittne.Trails.Feeds;

/// <summary>What an update did with a feed.</summary>
/// <param name="Name">The feed.</param>
/// <param name="State">Its state now; null when nothing of it is kept.</param>
/// <param name="Before">Entries before; 0 when there were none.</param>
/// <param name="IsGood">True when the server gave a good body, or said that nothing changed.</param>
/// <param name="Word">What happened: <c>new</c>, <c>updated</c>, <c>unchanged</c>, <c>refused</c>, <c>failed</c>.</param>
/// <param name="Problem">Why it was refused or failed; else empty.</param>
public sealed record FeedOutcome(string Name, FeedState? State, int Before, bool IsGood, string Word, string Problem);
