namespace Vittne.Flows.Analysis.Exfiltration;

/// <summary>A host inside that sends much to one outside.</summary>
public sealed record ExfiltrationFinding : FlowFinding
{
    /// <summary>Payload bytes that it sent.</summary>
    public required long SentBytes { get; init; }

    /// <summary>Payload bytes that it got.</summary>
    public required long ReceivedBytes { get; init; }

    /// <summary>Producer-consumer ratio, -1 to 1.</summary>
    public required double Ratio { get; init; }

    /// <summary><c>dns</c> or <c>icmp</c> where it goes through what carries little; else null.</summary>
    public required string? Carrier { get; init; }

    /// <summary>Why it is told: <c>bytes</c>, <c>median</c>, <c>carrier</c>.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>How many times the median of what the host sends to an outside host; NaN without a median.</summary>
    public required double TimesMedian { get; init; }
}
