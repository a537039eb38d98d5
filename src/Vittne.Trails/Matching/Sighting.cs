using Vittne.Packets;

namespace Vittne.Trails.Matching;

/// <summary>Sender and receiver of one packet in one of its IP layers.</summary>
/// <param name="Source">The sender.</param>
/// <param name="Destination">The receiver.</param>
/// <param name="SourcePort">Port of the sender; of no meaning without <see cref="HasPorts"/>.</param>
/// <param name="DestinationPort">Port of the receiver; of no meaning without <see cref="HasPorts"/>.</param>
/// <param name="Protocol">IP protocol number.</param>
/// <param name="HasPorts">True when the transport has ports.</param>
internal readonly record struct Sighting(
    IpAddress Source, IpAddress Destination, ushort SourcePort, ushort DestinationPort, byte Protocol, bool HasPorts)
{
    /// <summary>The innermost layer of a packet that went in the given direction.</summary>
    public static Sighting Of(FlowIdentity flow, Direction direction) => direction == Direction.FromOriginator
        ? new Sighting(flow.Source, flow.Destination, flow.SourcePort, flow.DestinationPort, flow.Protocol, flow.HasPorts)
        : new Sighting(flow.Destination, flow.Source, flow.DestinationPort, flow.SourcePort, flow.Protocol, flow.HasPorts);

    /// <summary>An outer layer; a tunnel without ports has 0 in both.</summary>
    public static Sighting Of(in TunnelLayer outer) => new(
        outer.Source, outer.Destination, outer.SourcePort, outer.DestinationPort, outer.Protocol,
        HasPorts: outer.Protocol is IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp);
}
