namespace Vittne.Trails;

/// <summary>What a user asks of a build.</summary>
public sealed record TrailBuildOptions
{
    /// <summary>The defaults.</summary>
    public static TrailBuildOptions Default { get; } = new();

    /// <summary>Info for indicators of lists that tell none themselves; null for the file name.</summary>
    public string? Info { get; init; }

    /// <summary>Name of the column with the indicator in a CSV with header row; null to find it by its name.</summary>
    public string? Column { get; init; }

    /// <summary>Files whose entries are not told either; <c>none</c> as one of them puts the whitelist of the trails out of force.</summary>
    public IReadOnlyList<string> Whitelists { get; init; } = [];

    /// <summary>Keeps networks shorter than /8 (IPv6: /16).</summary>
    public bool AllowWide { get; init; }

    /// <summary>Seconds since the epoch that the index tells as its build time; 0 for not told. The only bytes that depend on it are these.</summary>
    public long BuiltAtSeconds { get; init; }

    /// <summary>
    /// Addresses that only feeds tell, with words of low severity (attackers, spammers, bad reputation), count from this many feeds on:
    /// such lists hold many who were once scanned from. 1 for all.
    /// </summary>
    public int MinimumFeeds { get; init; } = 3;

    /// <summary>How many threads read and weigh lists; 0 for one a processor. The result does not depend on it.</summary>
    public int Workers { get; init; }

    /// <summary>The time at which indicators with a date must be in force: that of the build, else the clock's.</summary>
    internal DateTimeOffset Now() => BuiltAtSeconds > 0 ? DateTimeOffset.FromUnixTimeSeconds(BuiltAtSeconds) : DateTimeOffset.UtcNow;
}
