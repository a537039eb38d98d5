namespace Vittne.Packets.Records;

/// <summary>What every record tells: where in the evidence it comes from. Field names are the schema (docs/records.md).</summary>
public abstract record Record
{
    /// <summary>The flow that carried it.</summary>
    public required FlowIdentity Flow { get; init; }

    /// <summary>The packet that completed the record.</summary>
    public required PacketStamp At { get; init; }

    /// <summary>Number of the packet with which the record began, where that is another one than it was completed by; else 0.</summary>
    public long FirstPacket { get; init; }

    /// <summary>Which side of the flow sent what the record tells.</summary>
    public required Direction Direction { get; init; }
}
