using Vittne.Packets.Records;

namespace Vittne.Trails;

/// <summary>One sighting of a trail, or one verdict of a heuristic.</summary>
public sealed record ThreatRecord : Record
{
    /// <summary>Type of the event.</summary>
    public required EventType Type { get; init; }

    /// <summary>What was seen, as Maltrail shows it: the matched part free, the rest in parentheses.</summary>
    public required string Trail { get; init; }

    /// <summary>The matched key itself; for heuristics as <see cref="Trail"/>.</summary>
    public required string Indicator { get; init; }

    /// <summary>Where it was seen: <c>dns.query</c>, <c>http.host</c>, <c>tls.sni</c>, <c>ip.src</c>, <c>flow</c>, …</summary>
    public required string Source { get; init; }

    /// <summary>What it stands for.</summary>
    public required string Info { get; init; }

    /// <summary>Who says so.</summary>
    public required string Reference { get; init; }

    /// <summary>How urgent it is.</summary>
    public required Severity Severity { get; init; }

    /// <summary>Id of the heuristic; empty for trails.</summary>
    public string Heuristic { get; init; } = "";

    /// <summary>What the heuristic measured.</summary>
    public double Measured { get; init; }

    /// <summary>What the measured value was compared with.</summary>
    public double Threshold { get; init; }

    /// <summary>Width of the heuristic's window in seconds; 0 without one.</summary>
    public double WindowSeconds { get; init; }

    /// <summary>What a heuristic measured beside the one number, in words for people; empty when the number says it all.</summary>
    public string Evidence { get; init; } = "";

    /// <summary>Addresses that a proxy header names as the true client.</summary>
    public IReadOnlyList<string> ForwardedFor { get; init; } = [];

    /// <summary>The trail that matched; null for heuristics.</summary>
    public Trail? Matched { get; init; }

    /// <summary>Sender and receiver in an outer IP header, when the find was made there; else null and the flow's addresses count.</summary>
    public Packets.TunnelLayer? OuterLayer { get; init; }
}
