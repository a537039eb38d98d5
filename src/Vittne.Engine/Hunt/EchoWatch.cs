using Vittne.Flows;
using Vittne.Flows.Table;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Icmp;

namespace Vittne.Engine.Hunt;

/// <summary>The echo traffic of the pairs of hosts of one worker. A question and its answer are two flows, so it is kept beside the flow table.</summary>
internal sealed class EchoWatch
{
    private const ushort EchoReply = 0;
    private const ushort EchoRequest = 8;
    private const ushort EchoRequestV6 = 128;
    private const ushort EchoReplyV6 = 129;

    /// <summary>Pairs of one shard, 1.5 KB each. The bound is a shard's, so that what is given up does not depend on workers.</summary>
    private const int MaxPairs = 64;

    private readonly Dictionary<(IpAddress Low, IpAddress High), EchoTraffic>?[] _shards =
        new Dictionary<(IpAddress Low, IpAddress High), EchoTraffic>?[FlowTracker.Shards];

    /// <summary>Takes an ICMP message; only echo counts.</summary>
    public void OnIcmp(in FlowEntry flow, in DecodedPacket packet, ReadOnlySpan<byte> payload, TunnelLayer[] tunnel, in PacketStamp at, IRecordSink sink)
    {
        bool isV4 = packet.Protocol == IpProtocol.Icmp;
        bool isRequest = packet.SourcePort == (isV4 ? EchoRequest : EchoRequestV6);
        if ((!isRequest && packet.SourcePort != (isV4 ? EchoReply : EchoReplyV6)) || packet.Destination.IsMulticast)
        {
            return;
        }

        ref Dictionary<(IpAddress Low, IpAddress High), EchoTraffic>? pairs = ref _shards[FlowTracker.ShardOf(packet)];
        pairs ??= [];
        (IpAddress Low, IpAddress High) pair =
            packet.Source < packet.Destination ? (packet.Source, packet.Destination) : (packet.Destination, packet.Source);
        if (!pairs.TryGetValue(pair, out EchoTraffic? traffic))
        {
            if (pairs.Count == MaxPairs)
            {
                // A sweep fills it with pairs that never come back: all are begun anew.
                pairs.Clear();
            }

            traffic = new EchoTraffic();
            pairs.Add(pair, traffic);
        }

        if (traffic.Take(isRequest, payload, flow, tunnel, at) is { } record)
        {
            sink.Add(record);
        }
    }
}
