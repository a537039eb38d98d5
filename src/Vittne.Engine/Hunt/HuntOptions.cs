using System.Text.RegularExpressions;
using Vittne.Flows;
using Vittne.Trails;

namespace Vittne.Engine.Hunt;

/// <summary>What to hunt for and what to tell.</summary>
public sealed record HuntOptions
{
    /// <summary>The trails; null hunts with heuristics only.</summary>
    public required ITrailIndex? Index { get; init; }

    /// <summary>Heuristics on or off.</summary>
    public bool UsesHeuristics { get; init; } = true;

    /// <summary>Ids of heuristics that are off.</summary>
    public IReadOnlySet<string> Disabled { get; init; } = new HashSet<string>();

    /// <summary>Ids of heuristics that are on though they are off by default.</summary>
    public IReadOnlySet<string> Enabled { get; init; } = new HashSet<string>();

    /// <summary>Networks that count as home, in CIDR notation, beside the private ones.</summary>
    public IReadOnlyList<string> HomeNetworks { get; init; } = [];

    /// <summary>Window of the scan heuristics, seconds.</summary>
    public int ScanWindowSeconds { get; init; } = 30;

    /// <summary>Least severity that is told.</summary>
    public Severity MinimumSeverity { get; init; } = Severity.Low;

    /// <summary>What says how urgent an event is instead of the built-in rules; null for those.</summary>
    public SeverityTable? SeverityTable { get; init; }

    /// <summary>Events of trails whose info this matches are not told; null for none.</summary>
    public Regex? DisabledInfo { get; init; }

    /// <summary>Event types that are told; empty for all.</summary>
    public IReadOnlySet<EventType> Only { get; init; } = new HashSet<EventType>();

    /// <summary>Events that are found but not told; null for none.</summary>
    public ThreatMuting? Muting { get; init; }

    /// <summary>True compares the names that hosts give themselves in DHCP with the trails as well.</summary>
    public bool ExaminesDhcpNames { get; init; }

    /// <summary>Bounds and time-outs of flows.</summary>
    public FlowOptions Flows { get; init; } = new();
}
