namespace Vittne.Trails;

/// <summary>A file is no index of trails, or one that cannot be trusted.</summary>
/// <param name="path">The file, as the user named it.</param>
/// <param name="problem">What is wrong and what to do, as the rest of a sentence that starts with the file.</param>
public sealed class IndexFormatException(string path, string problem) : IOException($"{path} {problem}");
