namespace Vittne.Trails.Matching;

/// <summary>A URL trail that was found.</summary>
/// <param name="Trail">Number of the trail.</param>
/// <param name="Text">The URL with what is not the trail in parentheses.</param>
/// <param name="IsInBody">True when the trail holds parts of the body.</param>
internal readonly record struct UrlFind(int Trail, string Text, bool IsInBody);
