using Vittne.Packets;

namespace Vittne.Flows.Metering;

/// <summary>A flow by what its packets have in common, the lower end first, so that both directions have one name.</summary>
/// <param name="Low">The lower address.</param>
/// <param name="High">The higher address.</param>
/// <param name="LowPort">Port of the lower address.</param>
/// <param name="HighPort">Port of the higher address.</param>
/// <param name="Protocol">IP protocol number.</param>
/// <param name="Key">What else tells flows apart, as <see cref="DecodedPacket.TunnelKey"/>.</param>
public readonly record struct FlowName(IpAddress Low, IpAddress High, ushort LowPort, ushort HighPort, byte Protocol, ulong Key)
{
    /// <summary>The name of the flow of a packet.</summary>
    public static FlowName Of(in DecodedPacket packet)
    {
        int order = packet.Source.CompareTo(packet.Destination);
        order = order != 0 ? order : packet.SourcePort.CompareTo(packet.DestinationPort);
        return order <= 0
            ? new FlowName(packet.Source, packet.Destination, packet.SourcePort, packet.DestinationPort, packet.Protocol, packet.TunnelKey)
            : new FlowName(packet.Destination, packet.Source, packet.DestinationPort, packet.SourcePort, packet.Protocol, packet.TunnelKey);
    }

    /// <summary>The name of a connection to a port of a host, from anywhere.</summary>
    public static FlowName To(in IpAddress address, ushort port) => new(default, address, 0, port, IpProtocol.Tcp, 0);
}
