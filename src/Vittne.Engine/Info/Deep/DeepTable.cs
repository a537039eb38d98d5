namespace Vittne.Engine.Info.Deep;

/// <summary>A list of counts.</summary>
/// <param name="Name">Its name, words joined by underscores.</param>
/// <param name="Columns">Names of the columns.</param>
/// <param name="Rows">The rows; cells are as the values of a <see cref="DeepFact"/>.</param>
public sealed record DeepTable(string Name, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows);
