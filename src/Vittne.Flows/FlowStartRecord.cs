using Vittne.Packets.Records;

namespace Vittne.Flows;

/// <summary>The first packet of a flow: what scan and sweep detectors count.</summary>
public sealed record FlowStartRecord : Record
{
    /// <summary>The 9 flag bits of the first TCP segment; 0 for other protocols.</summary>
    public required ushort TcpFlags { get; init; }

    /// <summary>Transport payload bytes of the first packet.</summary>
    public required int PayloadLength { get; init; }
}
