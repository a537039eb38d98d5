namespace Vittne.Capture.Filters.Compile;

/// <summary>How two values are compared, without sign.</summary>
internal enum Comparison : byte
{
    Equal,
    Greater,
    GreaterOrEqual,
}
