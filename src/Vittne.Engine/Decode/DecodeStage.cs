using Vittne.Engine.Spine;
using Vittne.Flows;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Sessions;

namespace Vittne.Engine.Decode;

/// <summary>The stage of one decoding worker: flows and parsers, or single packets, or both.</summary>
internal sealed class DecodeStage : IPacketStage
{
    private const string PacketKind = "packet";

    private readonly DecodeHandler _handler;
    private readonly FlowTracker? _tracker;

    /// <summary>Makes the stage.</summary>
    public DecodeStage(DecodeOptions options, IRecordSink output)
    {
        // What only looks at single packets needs no flows at all.
        bool parses = options.Decoders.Any(static decoder => decoder.Schema.Name != PacketKind);
        _handler = new DecodeHandler(new DecodeSink(options.Decoders, output), parses);
        _tracker = parses ? new FlowTracker(_handler, options.Flows) : null;
    }

    /// <summary>Counts of flow tracking.</summary>
    public FlowCounters Flows => _tracker?.Counters ?? new FlowCounters();

    /// <summary>Counts of the parsers.</summary>
    public ProtocolCounters Protocols => _handler.Protocols;

    /// <inheritdoc/>
    public int Warm(in DecodedPacket packet) => _tracker?.Warm(packet) ?? 0;

    /// <inheritdoc/>
    public void OnPacket(in DecodedPacket packet, ReadOnlySpan<byte> payload, TunnelLayer[] tunnel, in PacketStamp at) =>
        _tracker?.OnPacket(packet, payload, tunnel, at);

    /// <inheritdoc/>
    public void OnOrphan(in OrphanFragment fragment, in PacketStamp at)
    {
    }

    /// <inheritdoc/>
    public void OnBatchEnd(in PacketStamp now) => _tracker?.Advance(now);

    /// <inheritdoc/>
    public void OnEnd(in PacketStamp last) => _tracker?.EndAll(last);
}
