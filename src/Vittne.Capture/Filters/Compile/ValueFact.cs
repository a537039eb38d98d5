namespace Vittne.Capture.Filters.Compile;

/// <summary>What is known of a value that has been found.</summary>
/// <param name="Value">The value.</param>
/// <param name="Least">It is at least this.</param>
/// <param name="Most">It is at most this.</param>
/// <param name="Not">It is none of these.</param>
internal readonly record struct ValueFact(int Value, uint Least, uint Most, uint[] Not);
