using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Engine.Decode;

/// <summary>Tells what is wrong in the headers of single packets, below all flows.</summary>
/// <param name="output">Where records go.</param>
internal sealed class PacketAnomalies(IRecordSink output)
{
    /// <summary>Takes a packet of a batch.</summary>
    public void OnPacket(DecodedBatch batch, int index, in PacketStamp at)
    {
        ref readonly DecodedPacket packet = ref batch.Decoded[index];
        if (packet.Anomaly == AnomalyKind.None && batch.Anomalies.Count == 0)
        {
            return;
        }

        FlowIdentity? identity = null;
        if (packet.Anomaly != AnomalyKind.None)
        {
            Tell(ref identity, batch, packet, packet.Anomaly, "", at);
        }

        foreach (PacketAnomaly anomaly in batch.Anomalies)
        {
            if (anomaly.Index == index)
            {
                Tell(ref identity, batch, packet, anomaly.Kind, anomaly.Detail, at);
            }
        }
    }

    private void Tell(ref FlowIdentity? identity, DecodedBatch batch, in DecodedPacket packet, AnomalyKind kind, string detail, in PacketStamp at)
    {
        identity ??= (packet.Flags & DecodedFlags.HasIp) == 0 ? FlowIdentity.None : new FlowIdentity
        {
            Id = 0,
            Source = packet.Source,
            Destination = packet.Destination,
            SourcePort = packet.SourcePort,
            DestinationPort = packet.DestinationPort,
            Protocol = packet.Protocol,
            Tunnel = packet.Tunnel < 0 ? [] : batch.Tunnels[packet.Tunnel],
        };
        output.Add(new AnomalyRecord { Flow = identity, At = at, Direction = Direction.FromOriginator, Kind = kind, Detail = detail });
    }
}
