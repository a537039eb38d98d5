namespace Vittne.Engine.Output;

/// <summary>What went wrong with an output, in words for people.</summary>
/// <param name="Text">The words, without line end.</param>
/// <param name="LostEvents">Lines or messages that are lost; 0 when none is.</param>
public sealed record OutputProblem(string Text, long LostEvents);
