using Vittne.Flows.Table;
using Vittne.Packets;

namespace Vittne.Flows.Metering;

/// <summary>Who began a flow, by its first packet.</summary>
internal static class MeterRoles
{
    /// <summary>What the first packet tells.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="services">Knows who asks by content.</param>
    /// <param name="payload">Its payload.</param>
    /// <param name="isReversed">True when its receiver is the originator.</param>
    /// <returns>How sure that is.</returns>
    public static FlowState Read(in DecodedPacket packet, FlowServices services, ReadOnlySpan<byte> payload, out bool isReversed)
    {
        isReversed = false;
        if (packet.Protocol == IpProtocol.Tcp && (packet.TcpFlags & TcpFlag.Syn) != 0)
        {
            isReversed = (packet.TcpFlags & TcpFlag.Ack) != 0;
            return FlowState.None;
        }

        if ((packet.Flags & DecodedFlags.HasPorts) != 0)
        {
            isReversed = IsFromServer(packet, services, payload) && !packet.Destination.IsMulticast && !packet.Destination.IsBroadcast;
        }

        return FlowState.RolesGuessed;
    }

    // Tunnels in UDP have servers too, or at least an end that is told by its port.
    private static bool IsKnown(in DecodedPacket packet, ushort port) => ServerPorts.IsKnown(port)
        || (packet.Protocol == IpProtocol.Udp && port is 1701 or 1812 or 1813 or 2152 or 3386 or 3478 or 3544 or 4341 or 4500 or 4754 or 4789 or 4790 or 5072 or 5247
            or 6080 or 6081 or 6635 or 8472 or 1900 or 3702 or 500);

    private static bool IsFromServer(in DecodedPacket packet, FlowServices services, ReadOnlySpan<byte> payload)
    {
        bool fromKnown = IsKnown(packet, packet.SourcePort), toKnown = IsKnown(packet, packet.DestinationPort);
        if (fromKnown != toKnown)
        {
            return fromKnown;
        }

        if (packet.Protocol == IpProtocol.Udp && !payload.IsEmpty)
        {
            return services.RoleOf(new FlowSegment(payload, in packet, Direction.FromOriginator)) < 0;
        }

        return packet.Protocol == IpProtocol.Tcp && packet.SourcePort < 1024 && packet.DestinationPort >= 1024;
    }
}
