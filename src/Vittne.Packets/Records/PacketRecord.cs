using Vittne.Capture;
using Vittne.Packets.Facts;

namespace Vittne.Packets.Records;

/// <summary>One packet with what its headers say. It is told as its sender sent it: source is the sender, whoever began the flow.</summary>
public sealed record PacketRecord : Record
{
    /// <summary>What the capture says of it: lengths, link type, interface.</summary>
    public required PacketRef Reference { get; init; }

    /// <summary>What its headers say.</summary>
    public required PacketFacts Facts { get; init; }

    /// <summary>The record of a packet of a batch that was decoded with <see cref="PacketDecoderOptions.CollectsFacts"/>.</summary>
    public static PacketRecord Of(DecodedBatch batch, int index, in PacketStamp at)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ref readonly DecodedPacket packet = ref batch.Decoded[index];
        return new PacketRecord
        {
            Flow = (packet.Flags & DecodedFlags.HasIp) == 0 ? FlowIdentity.None : SenderOf(packet, batch),
            At = at,
            Direction = Direction.FromOriginator,
            Reference = batch.Packets.Packets[index],
            Facts = batch.Facts[index],
        };
    }

    private static FlowIdentity SenderOf(in DecodedPacket packet, DecodedBatch batch) => new()
    {
        Id = 0,
        Source = packet.Source,
        Destination = packet.Destination,
        SourcePort = packet.SourcePort,
        DestinationPort = packet.DestinationPort,
        Protocol = packet.Protocol,
        Tunnel = packet.Tunnel < 0 ? [] : batch.Tunnels[packet.Tunnel],
        ArePortsKnown = packet.Protocol switch
        {
            IpProtocol.Icmp or IpProtocol.IcmpV6 => (packet.Flags & DecodedFlags.HasTransport) != 0,
            IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.Sctp or 33 or 136 => (packet.Flags & DecodedFlags.HasPorts) != 0,
            _ => true,
        },
    };
}
