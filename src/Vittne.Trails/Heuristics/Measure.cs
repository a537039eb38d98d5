namespace Vittne.Trails.Heuristics;

/// <summary>What a heuristic measured and what it compared that with.</summary>
/// <param name="Value">The measured value.</param>
/// <param name="Threshold">The value that it exceeds, or that it reaches where the heuristic says so.</param>
/// <param name="WindowSeconds">Width of the window in seconds; 0 without one.</param>
internal readonly record struct Measure(double Value, double Threshold, double WindowSeconds = 0);
