namespace Vittne.Flows.Analysis.Beacons;

/// <summary>A host that connects to another one in a regular rhythm.</summary>
public sealed record BeaconFinding : FlowFinding
{
    /// <summary>Protocol by name.</summary>
    public required string Protocol { get; init; }

    /// <summary>Port of the responder; -1 without.</summary>
    public required int Port { get; init; }

    /// <summary>Mean of the four parts, 0 to 1.</summary>
    public required double Score { get; init; }

    /// <summary>How regular the times between connections are, 0 to 1.</summary>
    public required double IntervalScore { get; init; }

    /// <summary>How regular the bytes sent are, 0 to 1.</summary>
    public required double SizeScore { get; init; }

    /// <summary>How much of the observed time has connections, 0 to 1.</summary>
    public required double CoverageScore { get; init; }

    /// <summary>How evenly they fall into slots of time, 0 to 1.</summary>
    public required double HistogramScore { get; init; }

    /// <summary>Median time between connections, seconds.</summary>
    public required double Period { get; init; }

    /// <summary>Median distance from it, as a share of it.</summary>
    public required double Jitter { get; init; }

    /// <summary>Payload bytes that the originator sent.</summary>
    public required long SentBytes { get; init; }

    /// <summary>Payload bytes that it got.</summary>
    public required long ReceivedBytes { get; init; }

    /// <summary>Hosts that talk to that destination.</summary>
    public required int Prevalence { get; init; }

    /// <summary><c>low</c> from 0.7, <c>medium</c> from 0.85, <c>high</c> from 0.95; <c>info</c> below.</summary>
    public string Severity => Score switch
    {
        >= 0.95 => "high",
        >= 0.85 => "medium",
        >= 0.7 => "low",
        _ => "info",
    };
}
