namespace Vittne.Trails.Lists;

/// <summary>References that hold from a line on, up to the next block.</summary>
/// <param name="Line">First line that they belong to.</param>
/// <param name="First">Number of the first reference in the list.</param>
/// <param name="Count">How many; 0 where a block ended.</param>
internal readonly record struct ReferenceBlock(int Line, int First, int Count);
