using Vittne.Engine.Spine;
using Vittne.Flows;
using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Engine.Streams;

/// <summary>The stage of one worker that writes streams.</summary>
internal sealed class StreamsStage : IPacketStage
{
    private readonly StreamsOptions _options;
    private readonly StreamFiles _files;
    private readonly StreamStore _store;
    private readonly FlowTracker _tracker;

    /// <summary>Makes the stage.</summary>
    public StreamsStage(StreamsOptions options, StreamStore store, IRecordSink output)
    {
        _options = options;
        _store = store;
        _files = new StreamFiles(options, store, output);
        _tracker = new FlowTracker(new StreamsHandler(options, _files), options.Flows);
    }

    /// <inheritdoc/>
    public bool SeesAllPackets => true;

    /// <summary>Counts of flow tracking.</summary>
    public FlowCounters Flows => _tracker.Counters;

    /// <inheritdoc/>
    public int Warm(in DecodedPacket packet) => _options.Takes(packet.Protocol) ? _tracker.Warm(packet) : 0;

    /// <inheritdoc/>
    public void OnAnyPacket(DecodedBatch batch, int index, in PacketStamp at) => _files.TurnTo(batch, index);

    /// <inheritdoc/>
    public void OnPacket(in DecodedPacket packet, ReadOnlySpan<byte> payload, TunnelLayer[] tunnel, in PacketStamp at)
    {
        if (_options.Takes(packet.Protocol))
        {
            _tracker.OnPacket(packet, payload, tunnel, at);
        }
    }

    /// <inheritdoc/>
    public void OnOrphan(in OrphanFragment fragment, in PacketStamp at)
    {
    }

    /// <inheritdoc/>
    public void OnBatchEnd(in PacketStamp now)
    {
        _tracker.Advance(now);
        _store.MakeRoom();
    }

    /// <inheritdoc/>
    public void OnEnd(in PacketStamp last) => _tracker.EndAll(last);
}
