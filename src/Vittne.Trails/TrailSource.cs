namespace Vittne.Trails;

/// <summary>Where an indicator was read.</summary>
/// <param name="List">The list file, relative to the path that was given to the build.</param>
/// <param name="Line">Line number from 1; 0 when the format has none.</param>
/// <param name="References">URLs of the reference block that the line belongs to.</param>
/// <param name="Aliases">Other names of the family that the list tells.</param>
public sealed record TrailSource(string List, int Line, IReadOnlyList<string> References, string Aliases);
