namespace Vittne.Trails;

/// <summary>Where a list stands. When several lists hold an indicator, the smaller number names it. Stored in index files: append only.</summary>
public enum TrailCategory : byte
{
    /// <summary>The user's own list.</summary>
    Custom = 1,

    /// <summary>Static list of malware.</summary>
    Malware = 2,

    /// <summary>Static list of malicious things that are not malware.</summary>
    Malicious = 3,

    /// <summary>Static list of things worth suspicion.</summary>
    Suspicious = 4,

    /// <summary>Static list without category, for example mass scanners.</summary>
    Uncategorised = 5,

    /// <summary>A feed.</summary>
    Feed = 6,
}
