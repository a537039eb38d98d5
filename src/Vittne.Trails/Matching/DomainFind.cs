namespace Vittne.Trails.Matching;

/// <summary>A name trail that was found.</summary>
/// <param name="Trail">Number of the trail.</param>
/// <param name="Text">The name with what is not the trail in parentheses.</param>
internal readonly record struct DomainFind(int Trail, string Text);
