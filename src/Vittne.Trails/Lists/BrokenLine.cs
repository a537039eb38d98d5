namespace Vittne.Trails.Lists;

/// <summary>A line of a list that is not what it should be.</summary>
/// <param name="List">The list.</param>
/// <param name="Line">Line number from 1; in JSON and XML the number of the object.</param>
/// <param name="Fault">What is wrong.</param>
/// <param name="Text">The line, cut after 120 characters; of an object its id and the value.</param>
/// <param name="Unit">What <paramref name="Line"/> counts: <c>line</c> or <c>object</c>.</param>
public sealed record BrokenLine(string List, int Line, LineFault Fault, string Text, string Unit);
