using Vittne.Flows;
using Vittne.Flows.Reassembly;
using Vittne.Flows.Table;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols;
using Vittne.Protocols.Sessions;

namespace Vittne.Engine.Grep.Streams;

/// <summary>What a searching worker does with flows: streams as they are, or the messages that parsers make of them.</summary>
/// <param name="options">What is searched for.</param>
/// <param name="sink">Takes the matches.</param>
internal sealed class GrepFlowHandler(GrepOptions options, IRecordSink sink) : FlowHandler
{
    /// <summary>Bytes of a decoded body that are searched.</summary>
    public const int MaxBody = 1 << 20;

    private static readonly ParserOptions Parsing = new() { KeptRequestBody = MaxBody, KeptResponseBody = MaxBody, KeptMediaBody = MaxBody };

    private readonly MessageSearch _messages = new(options, sink);

    /// <summary>Counts of the parsers.</summary>
    public ProtocolCounters Protocols { get; } = new();

    /// <inheritdoc/>
    public override void OnDirectionStart(
        in FlowEntry flow, Direction direction, bool isFlowStart, in DecodedPacket packet, ReadOnlySpan<byte> payload, TunnelLayer[] tunnel, in PacketStamp at)
    {
    }

    /// <inheritdoc/>
    public override StreamConsumer? OpenStream(in FlowEntry flow, TunnelLayer[] tunnel) => options.DecodesMessages
        ? new ProtocolStream(flow.Identify(tunnel), _messages, Protocols, Parsing, isLate: (flow.State & FlowState.Unrecognised) != 0)
        : new StreamSearch(options, flow.Identify(tunnel), sink);

    /// <inheritdoc/>
    public override bool BeginsMessage(ReadOnlySpan<byte> payload) => ProtocolRegistry.BeginsMessage(payload);

    /// <inheritdoc/>
    public override bool OnDatagram(
        ref FlowSession? session, in FlowEntry flow, Direction direction, ReadOnlySpan<byte> payload, TunnelLayer[] tunnel, in PacketStamp at)
    {
        if (!options.DecodesMessages && options.Patterns.IsMatch(payload))
        {
            StreamMatches.TellAll(options, flow.Identify(tunnel), direction, "datagram", payload, at, sink);
        }

        return !options.DecodesMessages;
    }
}
