using Vittne.Packets.Records;

namespace Vittne.Flows;

/// <summary>
/// A flow that ended without being accepted: no answer, or a refusal. Its packet is the one at which that was seen, often of another flow, and
/// the direction is that of the first packet. The tunnels around the flow are not told.
/// </summary>
public sealed record FlowUnansweredRecord : Record
{
    /// <summary>The six classic control bits of the first TCP segment; 0 for other protocols.</summary>
    public required byte FirstFlags { get; init; }

    /// <summary>Time of the flow's last packet, nanoseconds since the epoch.</summary>
    public required long LastNs { get; init; }
}
