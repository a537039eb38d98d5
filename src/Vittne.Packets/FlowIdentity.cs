namespace Vittne.Packets;

/// <summary>Names a flow in records. Made when the first record of the flow is emitted, then shared by all of them.</summary>
public sealed class FlowIdentity
{
    private string? _communityId;

    /// <summary>For what belongs to no flow and has no addresses: frames without IP.</summary>
    public static FlowIdentity None { get; } = new()
    {
        Id = 0,
        Source = default,
        Destination = default,
        SourcePort = 0,
        DestinationPort = 0,
        Protocol = 0,
    };

    /// <summary>
    /// Number of the flow, unique in the run: the ordinal of its first packet, so it does not depend on workers. 0 for what was told of a single
    /// packet without asking which flow it is of: source and destination are then those of the packet.
    /// </summary>
    public required long Id { get; init; }

    /// <summary>Address of the originator.</summary>
    public required IpAddress Source { get; init; }

    /// <summary>Address of the responder.</summary>
    public required IpAddress Destination { get; init; }

    /// <summary>Port of the originator; for ICMP the type.</summary>
    public required ushort SourcePort { get; init; }

    /// <summary>Port of the responder; for ICMP the code.</summary>
    public required ushort DestinationPort { get; init; }

    /// <summary>IP protocol number.</summary>
    public required byte Protocol { get; init; }

    /// <summary>The tunnels around it, outermost first; empty without.</summary>
    public TunnelLayer[] Tunnel { get; init; } = [];

    /// <summary>False for a single fragment, or a header that is cut off: ports, and so the Community ID, cannot be told.</summary>
    public bool ArePortsKnown { get; init; } = true;

    /// <summary>False for what is told of the source alone: the destination stands for many.</summary>
    public bool IsDestinationKnown { get; init; } = true;

    /// <summary>True when a SYN told who the originator is; else it is who sent the first packet, or a guess by ports.</summary>
    public bool IsOriginatorKnown { get; init; } = true;

    /// <summary>True when the transport has ports (TCP, UDP, SCTP, DCCP, UDP-Lite) and they are known.</summary>
    public bool HasPorts => ArePortsKnown && Protocol is IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp or 33 or 136;

    /// <summary>The same flow with originator and responder in each other's place.</summary>
    public FlowIdentity Turned() => new()
    {
        Id = Id,
        Source = Destination,
        Destination = Source,
        SourcePort = DestinationPort,
        DestinationPort = SourcePort,
        Protocol = Protocol,
        Tunnel = Tunnel,
        ArePortsKnown = ArePortsKnown,
        IsOriginatorKnown = IsOriginatorKnown,
    };

    /// <summary>Community ID v1 with seed 0.</summary>
    public string CommunityId => _communityId ??= Packets.CommunityId.Compute(Source, Destination, SourcePort, DestinationPort, Protocol, seed: 0);
}
