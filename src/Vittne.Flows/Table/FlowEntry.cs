using System.Runtime.InteropServices;
using Vittne.Packets;

namespace Vittne.Flows.Table;

/// <summary>One flow in the table: flat, without references, so that the collector of garbage never looks at it.</summary>
[StructLayout(LayoutKind.Auto)]
public struct FlowEntry
{
    /// <summary>Address of the originator.</summary>
    public IpAddress Source;

    /// <summary>Address of the responder.</summary>
    public IpAddress Destination;

    /// <summary>Chain of tunnels, as <see cref="DecodedPacket.TunnelKey"/>.</summary>
    public ulong TunnelKey;

    /// <summary>Ordinal of the first packet: the flow's number in the run.</summary>
    public long Id;

    /// <summary>Time of the latest packet, nanoseconds since the epoch; never goes back.</summary>
    public long LastNs;

    /// <summary>Initial sequence number of the originator, when <see cref="FlowState.SynOriginator"/> is set.</summary>
    public uint SourceIsn;

    /// <summary>Initial sequence number of the responder, when <see cref="FlowState.SynResponder"/> is set.</summary>
    public uint DestinationIsn;

    /// <summary>Symmetric hash of the key.</summary>
    internal uint Hash;

    /// <summary>Next flow in the same slot of the timer wheel, or of the free list; -1 ends it.</summary>
    internal int Next;

    /// <summary>Port of the originator; for ICMP the type.</summary>
    public ushort SourcePort;

    /// <summary>Port of the responder; for ICMP the code.</summary>
    public ushort DestinationPort;

    /// <summary>What the flow has shown.</summary>
    public FlowState State;

    /// <summary>IP protocol number.</summary>
    public byte Protocol;

    /// <summary>The six classic control bits of the first TCP segment; 0 for other protocols.</summary>
    public byte FirstFlags;

    /// <summary>True when the packet's sender is the originator of this flow.</summary>
    internal readonly bool IsFromOriginator(in DecodedPacket packet) =>
        Source == packet.Source && SourcePort == packet.SourcePort;

    /// <summary>True when the packet belongs to this flow, in either direction.</summary>
    internal readonly bool Matches(in DecodedPacket packet)
    {
        if (Protocol != packet.Protocol || TunnelKey != packet.TunnelKey)
        {
            return false;
        }

        return (Source == packet.Source && Destination == packet.Destination && SourcePort == packet.SourcePort && DestinationPort == packet.DestinationPort)
            || (Source == packet.Destination && Destination == packet.Source && SourcePort == packet.DestinationPort && DestinationPort == packet.SourcePort);
    }

    /// <summary>The flow's name for records.</summary>
    /// <param name="tunnel">The tunnels around it, outermost first.</param>
    public readonly FlowIdentity Identify(TunnelLayer[] tunnel) => new()
    {
        Id = Id,
        Source = Source,
        Destination = Destination,
        SourcePort = SourcePort,
        DestinationPort = DestinationPort,
        Protocol = Protocol,
        Tunnel = tunnel,
        IsOriginatorKnown = (State & (FlowState.SynOriginator | FlowState.SynResponder)) != 0,
    };
}
