namespace Vittne.Flows.Analysis.Reversals;

/// <summary>A client that does what servers do: it sends more than it gets, or is told what to do.</summary>
public sealed record ReversalFinding : FlowFinding
{
    /// <summary><c>upload</c>: the client sends more. <c>shell</c>: the server speaks first, and both sides in short lines.</summary>
    public required string Kind { get; init; }

    /// <summary>Protocol by name.</summary>
    public required string Protocol { get; init; }

    /// <summary>Port of the originator; -1 without.</summary>
    public required int SourcePort { get; init; }

    /// <summary>Port of the responder; -1 without.</summary>
    public required int DestinationPort { get; init; }

    /// <summary>Protocol above the transport; null when it is not known.</summary>
    public required string? Service { get; init; }

    /// <summary>Payload bytes that the client sent.</summary>
    public required long SentBytes { get; init; }

    /// <summary>Payload bytes that it got.</summary>
    public required long ReceivedBytes { get; init; }

    /// <summary>Producer-consumer ratio, -1 to 1.</summary>
    public required double Ratio { get; init; }

    /// <summary>Mean payload of the client's packets, bytes.</summary>
    public required double SentMean { get; init; }

    /// <summary>Mean payload of the server's packets, bytes.</summary>
    public required double ReceivedMean { get; init; }

    /// <summary>True when the first payload was the server's.</summary>
    public required bool IsServerFirst { get; init; }
}
