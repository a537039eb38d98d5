using Vittne.Engine.Spine;
using Vittne.Flows;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols;
using Vittne.Trails;
using Vittne.Trails.Matching;

namespace Vittne.Engine.Hunt;

/// <summary>The stage of one hunting worker: flows, parsers, and the detectors that look at one flow.</summary>
internal sealed class HuntStage : IPacketStage
{
    private readonly FlowTracker _tracker;
    private readonly HuntHandler _handler;

    /// <summary>Makes the stage.</summary>
    /// <param name="index">The trails; null without any.</param>
    /// <param name="detectors">Detectors of this worker.</param>
    /// <param name="isWantedBehind">Which records the detectors behind the collector want.</param>
    /// <param name="wantsFlowStarts">True when some detector counts flows.</param>
    /// <param name="output">Where records for the collector go.</param>
    /// <param name="parsing">What the parsers tell.</param>
    /// <param name="options">Bounds and time-outs of flows.</param>
    public HuntStage(
        ITrailIndex? index, IReadOnlyList<IRecordDetector> detectors, Predicate<Record> isWantedBehind, bool wantsFlowStarts, IRecordSink output, ParserOptions parsing,
        FlowOptions options)
    {
        Detectors = detectors;
        Guarded = new DetectorSet(detectors);
        AddressTrailMatcher? addresses = index is null ? null : new AddressTrailMatcher(index);
        _handler = new HuntHandler(addresses, new DetectorSink(Guarded, isWantedBehind, output), output, wantsFlowStarts, parsing);
        _tracker = new FlowTracker(_handler, options);
    }

    /// <summary>The detectors of this worker.</summary>
    public IReadOnlyList<IRecordDetector> Detectors { get; }

    /// <summary>The same, as they are shown records.</summary>
    public DetectorSet Guarded { get; }

    /// <summary>Counts of flow tracking.</summary>
    public FlowCounters Flows => _tracker.Counters;

    /// <summary>Counts of the parsers.</summary>
    public Protocols.Sessions.ProtocolCounters Protocols => _handler.Protocols;

    /// <inheritdoc/>
    public int Warm(in DecodedPacket packet) => _tracker.Warm(packet);

    /// <inheritdoc/>
    public void OnPacket(in DecodedPacket packet, ReadOnlySpan<byte> payload, TunnelLayer[] tunnel, in PacketStamp at) =>
        _tracker.OnPacket(packet, payload, tunnel, at);

    /// <inheritdoc/>
    public void OnOrphan(in OrphanFragment fragment, in PacketStamp at) => _handler.OnOrphan(fragment, at);

    /// <inheritdoc/>
    public void OnBatchEnd(in PacketStamp now) => _tracker.Advance(now);

    /// <inheritdoc/>
    public void OnEnd(in PacketStamp last) => _tracker.EndAll(last);
}
