using Vittne.Packets;

namespace Vittne.Flows.Reassembly;

/// <summary>Takes the payload of one TCP flow in order, each byte once, gaps told.</summary>
public abstract class StreamConsumer
{
    /// <summary>True when no byte of the direction is wanted any more.</summary>
    public abstract bool IsDone(Direction direction);

    /// <summary>True when no protocol recognised the stream: the tracker then only looks at packets that begin like a message.</summary>
    public abstract bool IsUnrecognised { get; }

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
