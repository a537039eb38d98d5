using Vittne.Packets.Records;

namespace Vittne.Engine.Spine.Terms;

/// <summary>What became known of a flow for the terms of a filter.</summary>
internal sealed record FlowFactRecord : Record
{
    /// <summary>The terms that hold, a bit each; 0 when the flow only began.</summary>
    public required uint Holding { get; init; }

    /// <summary>The chain of tunnels around the flow, as <see cref="Packets.DecodedPacket.TunnelKey"/>.</summary>
    public required ulong TunnelKey { get; init; }
}
