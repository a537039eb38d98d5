namespace Vittne.Flows.Analysis.LongFlows;

/// <summary>A flow that lasts long.</summary>
public sealed record LongFlowFinding : FlowFinding
{
    /// <summary>Protocol by name.</summary>
    public required string Protocol { get; init; }

    /// <summary>Port of the originator; -1 without.</summary>
    public required int SourcePort { get; init; }

    /// <summary>Port of the responder; -1 without.</summary>
    public required int DestinationPort { get; init; }

    /// <summary>Protocol above the transport; null when it is not known.</summary>
    public required string? Service { get; init; }

    /// <summary>Its duration, nanoseconds.</summary>
    public required long DurationNs { get; init; }

    /// <summary>True when it was still open at the end of the capture.</summary>
    public required bool IsOpen { get; init; }

    /// <summary>Share of the capture's time that it covers, 0 to 1.</summary>
    public required double Share { get; init; }

    /// <summary>Link-layer bytes of both sides.</summary>
    public required long Bytes { get; init; }

    /// <summary>Mean rate of both sides, bit/s.</summary>
    public required double Rate { get; init; }

    /// <summary>Longest time without a packet, nanoseconds; -1 when it was not measured.</summary>
    public required long SilenceNs { get; init; }
}
