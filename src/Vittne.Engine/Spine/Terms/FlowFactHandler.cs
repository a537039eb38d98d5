using Vittne.Flows;
using Vittne.Flows.Reassembly;
using Vittne.Flows.Table;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols;
using Vittne.Protocols.Sessions;

namespace Vittne.Engine.Spine.Terms;

/// <summary>Reads flows for what the terms of a filter ask.</summary>
/// <param name="terms">What is asked for.</param>
/// <param name="output">Where facts go.</param>
internal sealed class FlowFactHandler(FlowTermSet terms, IRecordSink output) : FlowHandler
{
    private readonly ProtocolCounters _protocols = new();
    private readonly ParserOptions _parsing = new();
    private readonly bool _parses = terms.Has(Capture.Filters.FlowTermKind.Sni) || terms.Has(Capture.Filters.FlowTermKind.HostName);

    /// <inheritdoc/>
    public override void OnDirectionStart(
        in FlowEntry flow, Direction direction, bool isFlowStart, in DecodedPacket packet, ReadOnlySpan<byte> payload, TunnelLayer[] tunnel, in PacketStamp at)
    {
        if (isFlowStart)
        {
            output.Add(new FlowFactRecord
            {
                Flow = flow.Identify(tunnel),
                At = at,
                Direction = direction,
                Holding = terms.OfNumber(flow.Id),
                TunnelKey = flow.TunnelKey,
            });
        }
    }

    /// <inheritdoc/>
    public override StreamConsumer? OpenStream(in FlowEntry flow, TunnelLayer[] tunnel) => _parses
        ? new ProtocolStream(
            flow.Identify(tunnel), new FlowFactSink(terms, flow.TunnelKey, output), _protocols, _parsing, isLate: (flow.State & FlowState.Unrecognised) != 0)
        : null;

    /// <inheritdoc/>
    public override bool BeginsMessage(ReadOnlySpan<byte> payload) => ProtocolRegistry.BeginsMessage(payload);

    /// <inheritdoc/>
    public override bool OnDatagram(
        ref FlowSession? session, in FlowEntry flow, Direction direction, ReadOnlySpan<byte> payload, TunnelLayer[] tunnel, in PacketStamp at)
    {
        if (!_parses)
        {
            return false;
        }

        session ??= new ProtocolDatagrams(flow.Identify(tunnel), new FlowFactSink(terms, flow.TunnelKey, output), _protocols, _parsing);
        return ((ProtocolDatagrams)session).OnDatagram(direction, payload, at);
    }
}
