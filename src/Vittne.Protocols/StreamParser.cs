using Vittne.Packets;
using Vittne.Packets.Records;
using Vittne.Protocols.Sessions;

namespace Vittne.Protocols;

/// <summary>
/// Parses one protocol in one TCP flow. One instance per flow, both directions. It gets the bytes in order, exactly once, says how many
/// it consumed, and gets the rest again with more data appended. Its records must not depend on how the data was cut.
/// Never throws on packet data; what waits is bounded by the session (256 KiB a direction) and by <see cref="Needed"/>.
/// </summary>
/// <param name="flow">The flow, for the records.</param>
/// <param name="sink">Where records go.</param>
public abstract class StreamParser(FlowIdentity flow, IRecordSink sink)
{
    /// <summary>The flow that is parsed.</summary>
    protected FlowIdentity Flow { get; } = flow;

    /// <summary>Where records go.</summary>
    protected IRecordSink Sink { get; } = sink;

    /// <summary>True when the parser has all that it wants from a direction: its data need not be delivered any more.</summary>
    public virtual bool IsDone(Direction direction) => false;

    /// <summary>
    /// True when what follows is another protocol (after CONNECT, STARTTLS, an upgrade): the session recognises the flow anew with the
    /// bytes that were not consumed.
    /// </summary>
    public bool HandsOver { get; protected set; }

    /// <summary>Name of the protocol in whose stream this one began (STARTTLS, CONNECT); empty when it came first.</summary>
    public string OuterProtocol { get; internal set; } = "";

    /// <summary>The session that feeds the parser; null when it is fed by hand.</summary>
    internal ProtocolStream? Session { get; set; }

    /// <summary>Takes the next bytes of a direction.</summary>
    /// <param name="direction">Who sent them.</param>
    /// <param name="data">All bytes of the direction that are not consumed yet; not kept after the call.</param>
    /// <param name="at">The packet that brought the last of them.</param>
    /// <returns>Bytes consumed, from 0 to the length of <paramref name="data"/>.</returns>
    public abstract int OnData(Direction direction, ReadOnlySpan<byte> data, in PacketStamp at);

    /// <summary>
    /// How many unconsumed bytes must be there before another call of <see cref="OnData"/> can make progress. Keeps one-byte segments
    /// linear: a parser that waits for a record of 400 bytes says 400.
    /// </summary>
    public virtual int Needed(Direction direction) => 1;

    /// <summary>Bytes of a direction were not captured. Unconsumed bytes before the gap are dropped. The parser resynchronises or ends.</summary>
    /// <param name="direction">Whose bytes are missing.</param>
    /// <param name="length">How many; 0 when unknown.</param>
    /// <param name="at">The packet at which the gap was declared.</param>
    public abstract void OnGap(Direction direction, long length, in PacketStamp at);

    /// <summary>The same for a parser that can tell something of the bytes before the gap: the head of a message that the snap length cut.</summary>
    /// <param name="direction">Whose bytes are missing.</param>
    /// <param name="rest">Bytes before the gap that were never consumed; they do not come again.</param>
    /// <param name="length">How many are missing; 0 when unknown.</param>
    /// <param name="at">The packet at which the gap was declared.</param>
    public virtual void OnGap(Direction direction, ReadOnlySpan<byte> rest, long length, in PacketStamp at) => OnGap(direction, length, at);

    /// <summary>A direction ended (FIN, RST, time-out, end of input). Called once per direction; flushes what is complete enough to tell.</summary>
    /// <param name="direction">Which one.</param>
    /// <param name="rest">Bytes that were never consumed.</param>
    /// <param name="at">The packet that ended it.</param>
    public abstract void OnEnd(Direction direction, ReadOnlySpan<byte> rest, in PacketStamp at);
}
