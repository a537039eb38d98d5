using Vittne.Packets;

namespace Vittne.Engine.Info.Deep;

/// <summary>Both ends of a connection in sorted order, and the tunnels around it.</summary>
internal readonly record struct FlowName(IpAddress Low, IpAddress High, uint Ports, ulong Tunnel)
{
    /// <summary>The name of a packet's connection, and whether its sender is the end that sorts first.</summary>
    public static FlowName Of(in DecodedPacket packet, out bool isLow)
    {
        int order = packet.Source.CompareTo(packet.Destination);
        isLow = order < 0 || (order == 0 && packet.SourcePort <= packet.DestinationPort);
        return isLow
            ? new FlowName(packet.Source, packet.Destination, ((uint)packet.SourcePort << 16) | packet.DestinationPort, packet.TunnelKey)
            : new FlowName(packet.Destination, packet.Source, ((uint)packet.DestinationPort << 16) | packet.SourcePort, packet.TunnelKey);
    }
}
