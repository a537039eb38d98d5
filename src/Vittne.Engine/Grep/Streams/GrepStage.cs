using Vittne.Engine.Spine;
using Vittne.Flows;
using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Engine.Grep.Streams;

/// <summary>The stage of one searching worker.</summary>
/// <param name="options">What is searched for.</param>
/// <param name="output">Takes the matches.</param>
internal sealed class GrepStage(GrepOptions options, IRecordSink output) : IPacketStage
{
    private readonly FlowTracker _tracker = new(new GrepFlowHandler(options, output), new FlowOptions());

    /// <summary>Counts of flow tracking.</summary>
    public FlowCounters Flows => _tracker.Counters;

    /// <inheritdoc/>
    public int Warm(in DecodedPacket packet) => _tracker.Warm(packet);

    /// <inheritdoc/>
    public void OnPacket(in DecodedPacket packet, ReadOnlySpan<byte> payload, TunnelLayer[] tunnel, in PacketStamp at) =>
        _tracker.OnPacket(packet, payload, tunnel, at);

    /// <inheritdoc/>
    public void OnOrphan(in OrphanFragment fragment, in PacketStamp at)
    {
    }

    /// <inheritdoc/>
    public void OnBatchEnd(in PacketStamp now) => _tracker.Advance(now);

    /// <inheritdoc/>
    public void OnEnd(in PacketStamp last) => _tracker.EndAll(last);
}
