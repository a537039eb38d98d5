namespace Vittne.Engine.Info.Deep;

/// <summary>A piece of evidence.</summary>
/// <param name="Name">Its name, words joined by underscores.</param>
/// <param name="Value">A <see cref="long"/>, <see cref="double"/>, <see cref="string"/> or <see cref="bool"/>; null for "not known".</param>
public sealed record DeepFact(string Name, object? Value);
