using Vittne.Capture.Filters;

namespace Vittne.Capture.Live;

/// <summary>An expression cannot be used for the packets of an interface.</summary>
/// <param name="error">Why.</param>
public sealed class LiveFilterException(FilterError error) : Exception(error.ToString())
{
    /// <summary>Why.</summary>
    public FilterError Error { get; } = error;
}
