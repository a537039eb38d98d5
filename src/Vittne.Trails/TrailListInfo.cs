using Vittne.Trails.Lists;

namespace Vittne.Trails;

/// <summary>A list that an index was built from.</summary>
/// <param name="Name">Its path relative to the path given to the build.</param>
/// <param name="Format">How it was written.</param>
/// <param name="Lines">Lines in all.</param>
/// <param name="ContentLines">Lines with an indicator, rule or range, broken ones too.</param>
/// <param name="Indicators">Indicators read, doubles included.</param>
/// <param name="Broken">Lines that could not be used.</param>
/// <param name="Aliases">Other names of the family that the list tells.</param>
public sealed record TrailListInfo(string Name, ListFormat Format, long Lines, long ContentLines, long Indicators, long Broken, string Aliases);
