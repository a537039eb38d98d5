using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Packets.Records.Schema;

namespace Vittne.Engine.Output;

/// <summary>What the fields that every record has are read from.</summary>
/// <param name="Schema">Kind of the record.</param>
/// <param name="Record">The record.</param>
/// <param name="Capture">Its capture as the user named it.</param>
public readonly record struct CommonView(RecordSchema Schema, Record Record, string Capture)
{
    /// <summary>The flow, or the sender's view of a single packet.</summary>
    public FlowIdentity Flow => Record.Flow;

    /// <summary>False for what has no IP addresses.</summary>
    public bool HasAddresses => !ReferenceEquals(Record.Flow, FlowIdentity.None);

    /// <summary>False for what belongs to no flow.</summary>
    public bool HasFlow => Record.Flow.Id != 0;

    /// <summary>True when the transport has ports.</summary>
    public bool HasPorts => HasAddresses && Record.Flow.HasPorts;
}
