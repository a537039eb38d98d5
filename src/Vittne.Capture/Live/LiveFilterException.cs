using Vittne.Capture.Filters;

namespace Vittne.Capture.Live;

/// <summary>A filter expression cannot be used for the packets of an interface.</summary>
/// <param name="error">Why.</param>
public sealed class LiveFilterException(FilterError error) : LiveCaptureException($"filter: {error}");
