using Vittne.Packets.Records;

namespace Vittne.Flows;

/// <summary>
/// A TCP segment that opened a flow without SYN and without data was answered by RST: whoever got it knows of no such connection. The
/// direction is that of the segment, the packet that of the answer.
/// </summary>
public sealed record ProbeRefusedRecord : Record
{
    /// <summary>The six classic control bits of the segment.</summary>
    public required byte FirstFlags { get; init; }
}
