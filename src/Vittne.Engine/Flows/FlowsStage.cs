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
        Meter = new FlowMeter(options.Metering, new ServiceFinder(), Tell, Hint);
        Frames = new LinkMeter(options.Metering.Timeouts.OtherNs, options.TellsNonIp, Tell);
    }

    /// <summary>What it measures with.</summary>
    public FlowMeter Meter { get; }

    /// <summary>What it measures frames without IP with: they all come to one worker.</summary>
    public LinkMeter Frames { get; }

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
        if ((batch.Decoded[index].Flags & DecodedFlags.HasIp) != 0)
        {
            Meter.OnPacket(batch, index, at);
        }
        else
        {
            Frames.OnPacket(batch, index, at);
        }
    }

    /// <inheritdoc/>
    public void OnPacket(in DecodedPacket packet, ReadOnlySpan<byte> payload, TunnelLayer[] tunnel, in PacketStamp at)
    {
    }

    /// <inheritdoc/>
    public void OnOrphan(in OrphanFragment fragment, in PacketStamp at) => Meter.OnOrphan(_batch ??= new DecodedBatch(), fragment, at);

    /// <inheritdoc/>
    public void OnBatchEnd(in PacketStamp now)
    {
        Meter.Advance(now);
        Frames.Advance(now);
    }

    /// <inheritdoc/>
    public bool EndsInParts => true;

    /// <inheritdoc/>
    public void OnEndPart(in PacketStamp last, long ordinal)
    {
        Meter.EndUpTo(ordinal, last);
        Frames.EndUpTo(ordinal, last);
    }

    /// <inheritdoc/>
    public void OnEnd(in PacketStamp last) => OnEndPart(last, long.MaxValue);

    // Before all records of the same packet, in the order of their kinds.
    private void Hint(FlowHint hint, PacketStamp at) => _output.Add(new FlowHinted
    {
        Hint = hint,
        Flow = Identity(-8 + (long)hint.Kind),
        At = at,
        Direction = Direction.FromOriginator,
    });

    private static FlowIdentity Identity(long id) => new()
    {
        Id = id,
        Source = default,
        Destination = default,
        SourcePort = 0,
        DestinationPort = 0,
        Protocol = 0,
    };

    private void Tell(FlowRecord record, PacketStamp at) => _output.Add(new FlowTold
    {
        Told = record,
        Flow = Identity(record.FlowId),
        At = at,
        Direction = Direction.FromOriginator,
    });
}
