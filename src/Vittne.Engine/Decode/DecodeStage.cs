using Vittne.Engine.Decode.Analyses;
using Vittne.Engine.Spine;
using Vittne.Flows;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Sessions;

namespace Vittne.Engine.Decode;

/// <summary>The stage of one decoding worker: flows and parsers, or single packets, or both.</summary>
internal sealed class DecodeStage : IPacketStage
{
    private readonly DecodeHandler _handler;
    private readonly IRecordSink _output;
    private readonly FlowTracker? _tracker;
    private readonly PacketAnomalies? _anomalies;
    private readonly bool _tellsPackets;

    /// <summary>Makes the stage.</summary>
    public DecodeStage(DecodeOptions options, IRecordSink output)
    {
        var analyses = new List<Analysis>();
        foreach (Decoder decoder in options.Decoders)
        {
            if (decoder.Create is { } create)
            {
                analyses.Add(create(option => decoder.ValueOf(option, options.Settings)));
            }
        }

        // What only looks at single packets needs no flows at all, and what only looks at flows no parsers.
        bool parses = options.TellsProtocols || analyses.Exists(static analysis => analysis.ReadsRecords);
        _handler = new DecodeHandler(analyses, new DecodeSink(options.Decoders, analyses, output), output, parses, options.Secrets);
        _tracker = parses || analyses.Count > 0 ? new FlowTracker(_handler, options.Flows) : null;
        _anomalies = options.Decoders.Any(static decoder => ReferenceEquals(decoder.Schema, AnomalySchema.Schema)) ? new PacketAnomalies(output) : null;
        _tellsPackets = options.TellsPackets;
        _output = output;
    }

    /// <inheritdoc/>
    public bool SeesAllPackets => _tellsPackets || _anomalies is not null;

    /// <summary>Counts of flow tracking.</summary>
    public FlowCounters Flows => _tracker?.Counters ?? new FlowCounters();

    /// <summary>Counts of the parsers.</summary>
    public ProtocolCounters Protocols => _handler.Protocols;

    /// <inheritdoc/>
    public int Warm(in DecodedPacket packet) => _tracker?.Warm(packet) ?? 0;

    /// <inheritdoc/>
    public void OnAnyPacket(DecodedBatch batch, int index, in PacketStamp at)
    {
        _anomalies?.OnPacket(batch, index, at);
        if (_tellsPackets)
        {
            _output.Add(PacketRecord.Of(batch, index, at));
        }
    }

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
