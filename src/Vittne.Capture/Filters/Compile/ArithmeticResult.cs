namespace Vittne.Capture.Filters.Compile;

/// <summary>A number of an expression.</summary>
/// <param name="Value">The value.</param>
/// <param name="Guard">What must hold before its bytes are read; null for nothing.</param>
/// <param name="Word">The word of memory that libpcap keeps it in.</param>
internal readonly record struct ArithmeticResult(int Value, Condition? Guard, int Word);
