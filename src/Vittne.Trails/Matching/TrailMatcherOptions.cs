namespace Vittne.Trails.Matching;

/// <summary>What <see cref="TrailMatcher"/> looks at.</summary>
public sealed record TrailMatcherOptions
{
    /// <summary>
    /// True compares names that end in <c>local</c>, <c>lan</c>, <c>test</c> and the like also when DNS carried them: they belong to
    /// the own network or to examples. Names in Host headers and TLS are always compared.
    /// </summary>
    public bool ExaminesLocalNames { get; init; }

    /// <summary>False switches off the heuristic <c>user-agent</c>.</summary>
    public bool UsesUserAgents { get; init; } = true;
}
