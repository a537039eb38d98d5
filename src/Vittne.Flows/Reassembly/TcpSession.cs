using Vittne.Flows.Table;
using Vittne.Packets;

namespace Vittne.Flows.Reassembly;

/// <summary>The two directions of one TCP flow and who reads them. Made when the first payload comes.</summary>
internal sealed class TcpSession : FlowSession
{
    private readonly StreamConsumer _consumer;
    private readonly StreamHalf _fromOriginator;
    private readonly StreamHalf _fromResponder;

    public TcpSession(StreamConsumer consumer, FlowOptions options, FlowCounters counters, ReorderBudget budget, ReorderBudget tails)
    {
        _consumer = consumer;
        Options = options;
        Counters = counters;
        Budget = budget;
        Tails = tails;
        KeepsEverything = consumer.KeepsEverything;
        _fromOriginator = new StreamHalf(this, Direction.FromOriginator);
        _fromResponder = new StreamHalf(this, Direction.FromResponder);
    }

    /// <summary>True when the consumer takes old bytes and stragglers as well.</summary>
    public bool KeepsEverything { get; }

    /// <summary>Bounds and policy.</summary>
    public FlowOptions Options { get; }

    /// <summary>Counts of the worker.</summary>
    public FlowCounters Counters { get; }

    /// <summary>Bytes that wait in the shard.</summary>
    public ReorderBudget Budget { get; }

    /// <summary>Bytes of <see cref="DeliveredTail"/> in the shard.</summary>
    public ReorderBudget Tails { get; }

    /// <summary>True when no direction is wanted any more, or both have ended.</summary>
    public bool IsDone =>
        (_consumer.IsDone(Direction.FromOriginator) && _consumer.IsDone(Direction.FromResponder))
        || (_fromOriginator.IsEnded && _fromResponder.IsEnded && !KeepsEverything);

    /// <summary>True when no protocol recognised the stream.</summary>
    public bool IsUnrecognised => _consumer.IsUnrecognised;

    /// <summary>True when the consumer wants no more of a direction: its segments need no ordering.</summary>
    public bool IsIgnored(Direction direction) => _consumer.IsDone(direction);

    /// <summary>One direction.</summary>
    public StreamHalf Half(Direction direction) => direction == Direction.FromOriginator ? _fromOriginator : _fromResponder;

    /// <summary>Hands data to the consumer.</summary>
    public void Deliver(Direction direction, ReadOnlySpan<byte> data, in PacketStamp at)
    {
        if (!_consumer.IsDone(direction))
        {
            _consumer.OnData(direction, data, at);
        }
    }

    /// <summary>Tells the consumer of a gap.</summary>
    public void DeliverGap(Direction direction, long length, in PacketStamp at)
    {
        if (!_consumer.IsDone(direction))
        {
            _consumer.OnGap(direction, length, at);
        }
    }

    /// <summary>Tells the consumer of a segment.</summary>
    public void DeliverSegment(Direction direction, long offset, int capturedLength, int wireLength, SegmentOrder order, in PacketStamp at) =>
        _consumer.OnSegment(direction, offset, capturedLength, wireLength, order, at);

    /// <summary>Hands old bytes to the consumer.</summary>
    public void DeliverOld(Direction direction, long offset, ReadOnlySpan<byte> data, in PacketStamp at) => _consumer.OnOldData(direction, offset, data, at);

    /// <summary>Tells the consumer that two waiting copies differ.</summary>
    public void DeliverConflict(Direction direction, int bytes, in PacketStamp at) => _consumer.OnConflict(direction, bytes, at);

    /// <summary>Tells the consumer that the flow is over.</summary>
    /// <param name="state">What the flow has shown.</param>
    /// <param name="at">The packet at which that was seen.</param>
    public void DeliverClose(FlowState state, in PacketStamp at) => _consumer.OnClose(state, at);

    /// <summary>Tells the consumer of something odd.</summary>
    public void DeliverAnomaly(Direction direction, AnomalyKind kind, string detail, in PacketStamp at) => _consumer.OnAnomaly(direction, kind, detail, at);

    /// <summary>Tells the consumer of the end.</summary>
    public void DeliverEnd(Direction direction, in PacketStamp at) => _consumer.OnEnd(direction, at);

    /// <summary>Nothing more will come: the originator's rest first, so that a request is told before its answer.</summary>
    public override void OnEnd(in PacketStamp at)
    {
        _fromOriginator.Close(at);
        _fromResponder.Close(at);
        Drop();
    }

    /// <summary>Gives buffers back without delivering.</summary>
    public void Drop()
    {
        _fromOriginator.Drop();
        _fromResponder.Drop();
    }
}
