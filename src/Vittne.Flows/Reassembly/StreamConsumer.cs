using Vittne.Flows.Table;
using Vittne.Packets;

namespace Vittne.Flows.Reassembly;

/// <summary>Takes the payload of one TCP flow in order, each byte once, gaps told.</summary>
public abstract class StreamConsumer
{
    /// <summary>True when no byte of the direction is wanted any more.</summary>
    public abstract bool IsDone(Direction direction);

    /// <summary>True when no protocol recognised the stream: the tracker then only looks at packets that begin like a message.</summary>
    public abstract bool IsUnrecognised { get; }

    /// <summary>
    /// True when every byte counts and not only what a reader would get: also copies of bytes that were handed on, bytes that fill a gap too late,
    /// and what comes behind the end. <see cref="OnSegment"/> and <see cref="OnOldData"/> are called only then.
    /// </summary>
    public virtual bool KeepsEverything => false;

    /// <summary>A segment with payload came; what it brings is told behind this, now or later.</summary>
    /// <param name="direction">Who sent it.</param>
    /// <param name="offset">Stream offset of its first byte; below 0 when it lies before the first segment that was seen of a stream without SYN.</param>
    /// <param name="capturedLength">Its bytes that the capture holds.</param>
    /// <param name="wireLength">Its bytes on the wire.</param>
    /// <param name="order">What it is among those before it.</param>
    /// <param name="at">The packet.</param>
    public virtual void OnSegment(Direction direction, long offset, int capturedLength, int wireLength, SegmentOrder order, in PacketStamp at)
    {
    }

    /// <summary>Bytes that lie before what was handed on: a copy, the filling of a gap that was told, or what comes before the first segment seen.</summary>
    /// <param name="direction">Who sent them.</param>
    /// <param name="offset">Stream offset of the first one; below 0 only for a stream whose SYN was not seen.</param>
    /// <param name="data">The bytes; not kept.</param>
    /// <param name="at">The packet.</param>
    public virtual void OnOldData(Direction direction, long offset, ReadOnlySpan<byte> data, in PacketStamp at)
    {
    }

    /// <summary>Copies of bytes that wait for earlier ones differ; told before any of them is handed on.</summary>
    /// <param name="direction">Who sent them.</param>
    /// <param name="bytes">How many bytes a later copy has otherwise.</param>
    /// <param name="at">The packet that brought the later copy.</param>
    public virtual void OnConflict(Direction direction, int bytes, in PacketStamp at)
    {
    }

    /// <summary>The flow left the table: after this nothing is told any more.</summary>
    /// <param name="state">What the flow has shown.</param>
    /// <param name="at">The packet at which that was seen; it may be one of another flow.</param>
    public virtual void OnClose(FlowState state, in PacketStamp at)
    {
    }

    /// <summary>Takes the next bytes.</summary>
    /// <param name="direction">Who sent them.</param>
    /// <param name="data">A slice of the packet, or of a buffer when they had to wait; not kept.</param>
    /// <param name="at">The packet that made them deliverable.</param>
    public abstract void OnData(Direction direction, ReadOnlySpan<byte> data, in PacketStamp at);

    /// <summary>Bytes are missing; the next data comes from behind them.</summary>
    public abstract void OnGap(Direction direction, long length, in PacketStamp at);

    /// <summary>Something about the segments of a direction that no honest sender does. Told seldom: at most a few times a direction.</summary>
    /// <param name="direction">Who sent them.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="detail">What was seen, for people.</param>
    /// <param name="at">The packet that showed it.</param>
    public virtual void OnAnomaly(Direction direction, AnomalyKind kind, string detail, in PacketStamp at)
    {
    }

    /// <summary>The direction ended. Called once per direction at most.</summary>
    public abstract void OnEnd(Direction direction, in PacketStamp at);
}
