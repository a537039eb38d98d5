using Vittne.Packets;
using Vittne.Packets.Records;

namespace Vittne.Protocols;

/// <summary>Parses one protocol in one UDP flow. One instance per flow. Never throws on packet data.</summary>
/// <param name="flow">The flow, for the records.</param>
/// <param name="sink">Where records go.</param>
public abstract class DatagramParser(FlowIdentity flow, IRecordSink sink)
{
    /// <summary>The flow that is parsed.</summary>
    protected FlowIdentity Flow { get; } = flow;

    /// <summary>Where records go.</summary>
    protected IRecordSink Sink { get; } = sink;

    /// <summary>True when the parser has all that it wants: later datagrams need not be delivered.</summary>
    public virtual bool IsDone => false;

    /// <summary>Takes the next datagram of the flow.</summary>
    /// <param name="direction">Who sent it.</param>
    /// <param name="datagram">Its payload; not kept after the call.</param>
    /// <param name="at">The packet that brought it.</param>
    public abstract void OnDatagram(Direction direction, ReadOnlySpan<byte> datagram, in PacketStamp at);

    /// <summary>The flow ended before the parser was done: time-out, end of input. Tells what is complete enough.</summary>
    /// <param name="at">The packet at which that was seen; it may be one of another flow.</param>
    public virtual void OnEnd(in PacketStamp at)
    {
    }
}
