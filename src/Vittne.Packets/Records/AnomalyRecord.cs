namespace Vittne.Packets.Records;

/// <summary>Bytes that could not be understood, or that no honest sender produces.</summary>
public sealed record AnomalyRecord : Record
{
    /// <summary>What is wrong and in which layer.</summary>
    public required AnomalyKind Kind { get; init; }

    /// <summary>What was measured, for people; empty when the kind says it all.</summary>
    public string Detail { get; init; } = "";
}
