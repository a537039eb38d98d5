namespace Vittne.Capture.Filters.Compile;

/// <summary>A decision, or the setting of a variable, in a graph of them.</summary>
/// <param name="IsSet">Sets the variable <paramref name="Left"/> to <paramref name="Right"/>, and goes on to <paramref name="True"/>.</param>
/// <param name="Comparison">How the values are compared.</param>
/// <param name="Left">First value.</param>
/// <param name="Right">Second value.</param>
/// <param name="True">Next node when it holds; always of a smaller number.</param>
/// <param name="False">Next node when it does not.</param>
internal readonly record struct FlowNode(bool IsSet, Comparison Comparison, int Left, int Right, int True, int False);
