using Vittne.Engine.Decode.Analyses;
using Vittne.Flows;
using Vittne.Flows.Reassembly;
using Vittne.Flows.Table;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols;
using Vittne.Protocols.Secrets;
using Vittne.Protocols.Sessions;

namespace Vittne.Engine.Decode;

/// <summary>What a decoding worker does with flows: shows them to analyses, and parses payloads into records.</summary>
/// <param name="analyses">The analyses of this worker.</param>
/// <param name="sink">Where records of parsers go.</param>
/// <param name="output">Where records of analyses go.</param>
/// <param name="parses">True when somebody wants what parsers tell.</param>
/// <param name="secrets">Recorded secrets.</param>
internal sealed class DecodeHandler(IReadOnlyList<Analysis> analyses, IRecordSink sink, IRecordSink output, bool parses, TlsSecrets secrets) : FlowHandler
{
    private readonly ParserOptions _parsing = new() { EmitsTransactions = true, KeptMediaBody = ParserOptions.Messages.KeptResponseBody, Secrets = secrets };

    /// <summary>Counts of the parsers.</summary>
    public ProtocolCounters Protocols { get; } = new();

    /// <inheritdoc/>
    public override void OnDirectionStart(
        in FlowEntry flow, Direction direction, bool isFlowStart, in DecodedPacket packet, ReadOnlySpan<byte> payload, TunnelLayer[] tunnel, in PacketStamp at)
    {
        for (int i = 0; i < analyses.Count; i++)
        {
            analyses[i].OnDirectionStart(flow, direction, isFlowStart, packet, tunnel, at, output);
        }
    }

    /// <inheritdoc/>
    public override StreamConsumer? OpenStream(in FlowEntry flow, TunnelLayer[] tunnel) =>
        parses ? new ProtocolStream(flow.Identify(tunnel), sink, Protocols, _parsing, isLate: (flow.State & FlowState.Unrecognised) != 0) : null;

    /// <inheritdoc/>
    public override bool BeginsMessage(ReadOnlySpan<byte> payload) => ProtocolRegistry.BeginsMessage(payload);

    /// <inheritdoc/>
    public override bool OnDatagram(
        ref FlowSession? session, in FlowEntry flow, Direction direction, ReadOnlySpan<byte> payload, TunnelLayer[] tunnel, in PacketStamp at)
    {
        if (!parses)
        {
            return false;
        }

        session ??= new ProtocolDatagrams(flow.Identify(tunnel), sink, Protocols, _parsing);
        return ((ProtocolDatagrams)session).OnDatagram(direction, payload, at);
    }
}
