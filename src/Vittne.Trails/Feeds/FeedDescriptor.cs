namespace Vittne.Trails.Feeds;

/// <summary>Where a feed is, how it is written and what it says.</summary>
public sealed record FeedDescriptor
{
    /// <summary>Its name: lower-case letters, digits and dashes.</summary>
    public required string Name { get; init; }

    /// <summary>Where it is; further addresses are tried when the first fails. Several with <see cref="TakesAll"/> are one feed.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>True when all addresses are parts of the feed.</summary>
    public bool TakesAll { get; init; }

    /// <summary>How it is written, see <see cref="FeedConverter"/>.</summary>
    public string Format { get; init; } = "list";

    /// <summary>Column or JSON property with the indicator; columns count from 1.</summary>
    public string Column { get; init; } = "";

    /// <summary>Column that tells what it is, from 1; 0 without.</summary>
    public int InfoColumn { get; init; }

    /// <summary>What separates columns.</summary>
    public char Separator { get; init; } = ',';

    /// <summary>Rows count when this column has this value: <c>4=online</c>; empty for all.</summary>
    public string Where { get; init; } = "";

    /// <summary>Lines count when they hold one of these; none for all.</summary>
    public IReadOnlyList<string> Keep { get; init; } = [];

    /// <summary>Lines with one of these do not count.</summary>
    public IReadOnlyList<string> Drop { get; init; } = [];

    /// <summary>Texts cut out of lines and infos.</summary>
    public IReadOnlyList<string> Cut { get; init; } = [];

    /// <summary>True to cut the last element and <c>/panel…</c> from the path of URLs: such feeds name a login page, and the folder is the trail.</summary>
    public bool CutsPath { get; init; }

    /// <summary>Put in front of each indicator to force its kind: <c>ja3:</c>.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>A good body holds this text; empty when any does.</summary>
    public string Check { get; init; } = "";

    /// <summary>What its indicators are; <c>{}</c> stands for the info column.</summary>
    public string Info { get; init; } = "";

    /// <summary>Who says so.</summary>
    public string Reference { get; init; } = "";

    /// <summary>Licence or terms; <c>?</c> when none are stated.</summary>
    public string Licence { get; init; } = "?";

    /// <summary>Where it stands among sources.</summary>
    public TrailCategory Category { get; init; } = TrailCategory.Feed;

    /// <summary>False when it is fetched only when it is named.</summary>
    public bool IsOn { get; init; } = true;

    /// <summary>All that decides what a body becomes: a kept body is of use only as long as this is the same.</summary>
    internal string Fingerprint => string.Join('\n', [.. Urls, Format, Column, $"{InfoColumn}{Separator}{CutsPath}", Where, .. Keep, "-", .. Drop, "-", .. Cut, Prefix, Info, Reference, $"{Category}"]);
}
