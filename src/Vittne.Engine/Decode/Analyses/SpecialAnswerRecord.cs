using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Engine.Decode.Analyses;

/// <summary>A name that a DNS response resolves to an address of special purpose.</summary>
public sealed record SpecialAnswerRecord : Record
{
    /// <summary>The name that was asked for, as text.</summary>
    public required string Query { get; init; }

    /// <summary>The address.</summary>
    public required IpAddress Address { get; init; }

    /// <summary>What it is reserved for.</summary>
    public required string Range { get; init; }
}
