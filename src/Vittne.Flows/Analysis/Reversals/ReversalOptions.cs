namespace Vittne.Flows.Analysis.Reversals;

/// <summary>When a client does what servers do.</summary>
public sealed record ReversalOptions
{
    /// <summary>Payload bytes that a client must have sent.</summary>
    public long MinBytes { get; init; } = 64_000;

    /// <summary>Producer-consumer ratio from which the client is who sends.</summary>
    public double MinRatio { get; init; } = 0.2;

    /// <summary>Mean payload of a packet, in bytes, up to which a conversation is one of lines typed.</summary>
    public double MaxLine { get; init; } = 200;

    /// <summary>Packets of each side that such a conversation needs.</summary>
    public long MinPackets { get; init; } = 10;

    /// <summary>How long it must last, nanoseconds.</summary>
    public long MinNs { get; init; } = 10_000_000_000;
}
