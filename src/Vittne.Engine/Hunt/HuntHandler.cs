using Vittne.Flows;
using Vittne.Flows.Reassembly;
using Vittne.Flows.Table;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols;
using Vittne.Protocols.Dns;
using Vittne.Protocols.Sessions;
using Vittne.Trails.Matching;

namespace Vittne.Engine.Hunt;

/// <summary>What a hunting worker does with flows: looks up addresses, and parses payloads into records.</summary>
/// <param name="addresses">Address look-ups; null when there are no trails.</param>
/// <param name="sink">Where records go.</param>
/// <param name="findings">Where finds of address trails go.</param>
/// <param name="wantsFlowStarts">True when some detector counts flows.</param>
/// <param name="parsing">What the parsers tell.</param>
internal sealed class HuntHandler(AddressTrailMatcher? addresses, IRecordSink sink, IRecordSink findings, bool wantsFlowStarts, ParserOptions parsing) : FlowHandler
{
    private readonly EchoWatch? _echoes = wantsFlowStarts ? new EchoWatch() : null;

    // The name of the flow that began last: its first datagram comes next.
    private FlowIdentity? _latest;

    /// <summary>Counts of the parsers.</summary>
    public ProtocolCounters Protocols { get; } = new();

    /// <inheritdoc/>
    public override void OnDirectionStart(
        in FlowEntry flow, Direction direction, bool isFlowStart, in DecodedPacket packet, ReadOnlySpan<byte> payload, TunnelLayer[] tunnel, in PacketStamp at)
    {
        FlowIdentity? identity = null;
        if (isFlowStart && wantsFlowStarts)
        {
            identity = _latest = flow.Identify(tunnel);
            sink.Add(new FlowStartRecord
            {
                Flow = identity,
                At = at,
                Direction = direction,
                TcpFlags = (ushort)(packet.Protocol == IpProtocol.Tcp ? packet.TcpFlags & 0x1FF : 0),
                PayloadLength = packet.PayloadWireLength,
            });
        }

        else if (!isFlowStart && wantsFlowStarts && IsRefusedProbe(flow, packet))
        {
            identity = flow.Identify(tunnel);
            sink.Add(new ProbeRefusedRecord { Flow = identity, At = at, Direction = 1 - direction, FirstFlags = flow.FirstFlags });
        }

        if (addresses is null)
        {
            return;
        }

        // An answer in a TCP flow says nothing that its first packet did not say; in other protocols both directions are contacts.
        bool isContact = isFlowStart || packet.Protocol != IpProtocol.Tcp
            || (packet.TcpFlags & (TcpFlag.Syn | TcpFlag.Ack)) == TcpFlag.Syn;
        if (isContact && addresses.Matches(packet))
        {
            identity ??= flow.Identify(tunnel);
            bool isToldByName = packet is { Protocol: IpProtocol.Udp, DestinationPort: 53 } && IsQuery(payload, packet);
            addresses.Tell(identity, at, direction, outer: null, isToldByName, findings);
        }

        if (tunnel.Length > 0)
        {
            TellOuter(identity ?? flow.Identify(tunnel), direction, tunnel, at);
        }
    }

    /// <summary>A first fragment whose datagram never became whole: its addresses count.</summary>
    public void OnOrphan(in OrphanFragment fragment, in PacketStamp at)
    {
        DecodedPacket packet = fragment.Packet;
        if (addresses is not null && addresses.Matches(packet))
        {
            var identity = new FlowIdentity
            {
                Id = at.Ordinal,
                Source = packet.Source,
                Destination = packet.Destination,
                SourcePort = packet.SourcePort,
                DestinationPort = packet.DestinationPort,
                Protocol = packet.Protocol,
                Tunnel = fragment.Tunnel,
            };
            addresses.Tell(identity, at, Direction.FromOriginator, outer: null, destinationIsToldByName: false, findings);
        }
    }

    /// <inheritdoc/>
    public override StreamConsumer? OpenStream(in FlowEntry flow, TunnelLayer[] tunnel) =>
        new ProtocolStream(flow.Identify(tunnel), sink, Protocols, parsing);

    /// <inheritdoc/>
    public override bool BeginsMessage(ReadOnlySpan<byte> payload) => ProtocolRegistry.BeginsMessage(payload);

    /// <inheritdoc/>
    public override bool OnDatagram(
        ref FlowSession? session, in FlowEntry flow, Direction direction, ReadOnlySpan<byte> payload, TunnelLayer[] tunnel, in PacketStamp at)
    {
        session ??= new ProtocolDatagrams(_latest is { } latest && latest.Id == flow.Id ? latest : flow.Identify(tunnel), sink, Protocols, parsing);
        return ((ProtocolDatagrams)session).OnDatagram(direction, payload, at);
    }

    /// <inheritdoc/>
    public override void OnIcmp(in FlowEntry flow, in DecodedPacket packet, ReadOnlySpan<byte> payload, TunnelLayer[] tunnel, in PacketStamp at) =>
        _echoes?.OnIcmp(flow, packet, payload, tunnel, at, sink);

    /// <inheritdoc/>
    public override void OnUnanswered(ReadOnlySpan<FlowEntry> flows, in PacketStamp at)
    {
        if (wantsFlowStarts)
        {
            sink.Add(new UnansweredFlowsRecord
            {
                Flow = flows[0].Identify([]),
                At = at,
                Direction = Direction.FromOriginator,
                Flows = flows.ToArray(),
            });
        }
    }

    private static bool IsRefusedProbe(in FlowEntry flow, in DecodedPacket packet) => packet.Protocol == IpProtocol.Tcp
        && (packet.TcpFlags & TcpFlag.Rst) != 0
        && (flow.FirstFlags & (TcpFlag.Syn | TcpFlag.Rst)) == 0
        && (flow.State & FlowState.HasData) == 0;

    private static bool IsQuery(ReadOnlySpan<byte> payload, in DecodedPacket packet) =>
        payload.Length > 2 && (payload[2] & 0x80) == 0 && DnsDatagramParser.Recognizes(payload, packet.SourcePort, packet.DestinationPort);

    private void TellOuter(FlowIdentity identity, Direction direction, TunnelLayer[] tunnel, in PacketStamp at)
    {
        foreach (TunnelLayer layer in tunnel)
        {
            if (addresses!.Matches(layer))
            {
                addresses.Tell(identity, at, direction, layer, destinationIsToldByName: false, findings);
            }
        }
    }
}
