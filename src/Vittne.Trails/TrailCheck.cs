using Vittne.Trails.Lists;

namespace Vittne.Trails;

/// <summary>What an index knows of one indicator.</summary>
public sealed record TrailCheck
{
    /// <summary>The indicator as it was given.</summary>
    public required string Input { get; init; }

    /// <summary>Its canonical key; empty when the text is no indicator.</summary>
    public string Indicator { get; init; } = "";

    /// <summary>What it is; null when the text is no indicator.</summary>
    public TrailKind? Kind { get; init; }

    /// <summary>Why the text is no indicator.</summary>
    public LineFault Fault { get; init; }

    /// <summary>The trail that holds it; null when none does.</summary>
    public Trail? Match { get; init; }

    /// <summary>True when the whitelist holds its address or name: sightings are then not told.</summary>
    public bool IsWhitelisted { get; init; }

    /// <summary>The indicator as a list holds it, when it did not become a trail; else null.</summary>
    public Trail? Dropped { get; init; }

    /// <summary>Why it did not.</summary>
    public DropRule DropRule { get; init; }
}
