namespace Vittne.Trails.Muting;

/// <summary>Why an event is not told although it was found.</summary>
public enum MuteCause
{
    /// <summary>It is told.</summary>
    None,

    /// <summary>The user allows the indicator.</summary>
    Allowed,

    /// <summary>A rule of <c>ignore_events.txt</c> holds for it.</summary>
    IgnoreRule,

    /// <summary>The pattern of <c>--ignore-regex</c> matches its line.</summary>
    IgnorePattern,
}
