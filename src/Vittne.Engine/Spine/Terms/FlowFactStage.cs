using Vittne.Flows;
using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Engine.Spine.Terms;

/// <summary>The stage of one worker that reads flows for what the terms of a filter ask.</summary>
/// <param name="terms">What is asked for.</param>
/// <param name="output">Where facts go.</param>
internal sealed class FlowFactStage(FlowTermSet terms, IRecordSink output) : IPacketStage
{
    private readonly FlowTracker _tracker = new(new FlowFactHandler(terms, output), new FlowOptions());

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
