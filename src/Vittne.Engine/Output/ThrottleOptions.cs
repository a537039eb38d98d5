namespace Vittne.Engine.Output;

/// <summary>How events are condensed: the first of each source and trail are told as they come, the others of a window as one.</summary>
/// <param name="Burst">Events of a window that are told as they come, at least 1.</param>
/// <param name="WindowSeconds">Width of a window in seconds of capture time, at least 1.</param>
public sealed record ThrottleOptions(int Burst, int WindowSeconds)
{
    /// <summary>Three events in a minute.</summary>
    public static ThrottleOptions Default { get; } = new(3, 60);
}
