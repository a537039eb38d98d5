using Vittne.Engine.Spine;
using Vittne.Flows.Metering;
using Vittne.Flows.Records;
using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Services;

namespace Vittne.Engine.Flows;

/// <summary>The stage of one worker that measures flows.</summary>
internal sealed class FlowsStage : IPacketStage
{
    private readonly IRecordSink _output;
    private DecodedBatch? _batch;

    /// <summary>Makes the stage.</summary>
    public FlowsStage(FlowsOptions options, IRecordSink output)
    {
        _output = output;
        Meter = new FlowMeter(options.Metering, new ServiceFinder(), Tell);
    }

    /// <summary>What it measures with.</summary>
    public FlowMeter Meter { get; }

    /// <inheritdoc/>
    public bool SeesAllPackets => true;

    /// <inheritdoc/>
    public bool SeesCarriers => true;

    /// <inheritdoc/>
    public void SetShare(int number, int workers) => Meter.SetShare(number, workers);

    /// <inheritdoc/>
    public int Warm(in DecodedPacket packet) => Meter.Warm(packet);

    /// <inheritdoc/>
    public void OnAnyPacket(DecodedBatch batch, int index, in PacketStamp at)
    {
        _batch = batch;
        Meter.OnPacket(batch, index, at);
    }

    /// <inheritdoc/>
    public void OnPacket(in DecodedPacket packet, ReadOnlySpan<byte> payload, TunnelLayer[] tunnel, in PacketStamp at)
    {
    }

    /// <inheritdoc/>
    public void OnOrphan(in OrphanFragment fragment, in PacketStamp at) => Meter.OnOrphan(_batch ??= new DecodedBatch(), fragment, at);

    /// <inheritdoc/>
    public void OnBatchEnd(in PacketStamp now) => Meter.Advance(now);

    /// <inheritdoc/>
    public void OnEnd(in PacketStamp last) => Meter.EndAll(last);

    private void Tell(FlowRecord record, PacketStamp at) => _output.Add(new FlowTold
    {
        Told = record,
        Flow = new FlowIdentity
        {
            Id = record.FlowId,
            Source = default,
            Destination = default,
            SourcePort = 0,
            DestinationPort = 0,
            Protocol = 0,
        },
        At = at,
        Direction = Direction.FromOriginator,
    });
}
