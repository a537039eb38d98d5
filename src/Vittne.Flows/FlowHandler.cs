using Vittne.Flows.Reassembly;
using Vittne.Flows.Table;
using Vittne.Packets;

namespace Vittne.Flows;

/// <summary>What a worker does with flows. Called per flow and per datagram, never for TCP packets without payload.</summary>
public abstract class FlowHandler
{
    /// <summary>A direction of a flow shows its first packet.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="direction">Who sent the packet.</param>
    /// <param name="isFlowStart">True when it is also the first packet of the flow.</param>
    /// <param name="packet">The packet.</param>
    /// <param name="payload">Its transport payload.</param>
    /// <param name="tunnel">The tunnels around it, outermost first.</param>
    /// <param name="at">Which packet.</param>
    public abstract void OnDirectionStart(
        in FlowEntry flow, Direction direction, bool isFlowStart, in DecodedPacket packet, ReadOnlySpan<byte> payload, TunnelLayer[] tunnel, in PacketStamp at);

    /// <summary>A TCP flow shows its first payload.</summary>
    /// <returns>Who reads the stream, or null when nobody does.</returns>
    public abstract StreamConsumer? OpenStream(in FlowEntry flow, TunnelLayer[] tunnel);

    /// <summary>True when a TCP flow whose payload the capture holds nothing of (cut by the snapshot length) is a stream as well.</summary>
    public virtual bool OpensWithoutBytes => false;

    /// <summary>True when a segment of a stream that nobody recognised begins like a message that is worth a new look.</summary>
    public abstract bool BeginsMessage(ReadOnlySpan<byte> payload);

    /// <summary>A UDP flow shows a datagram with payload.</summary>
    /// <param name="session">What the handler keeps for the flow; null at the first.</param>
    /// <param name="flow">The flow.</param>
    /// <param name="direction">Who sent it.</param>
    /// <param name="payload">The datagram.</param>
    /// <param name="tunnel">The tunnels around it, outermost first.</param>
    /// <param name="at">Which packet.</param>
    /// <returns>False when no later datagram of the flow is wanted.</returns>
    public abstract bool OnDatagram(
        ref FlowSession? session, in FlowEntry flow, Direction direction, ReadOnlySpan<byte> payload, TunnelLayer[] tunnel, in PacketStamp at);

    /// <summary>An ICMP or ICMPv6 message with payload. A question and its answer are two flows of one shard: their types differ.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="packet">The packet; its ports are type and code.</param>
    /// <param name="payload">What follows the eight bytes of the header.</param>
    /// <param name="tunnel">The tunnels around it, outermost first.</param>
    /// <param name="at">Which packet.</param>
    public virtual void OnIcmp(in FlowEntry flow, in DecodedPacket packet, ReadOnlySpan<byte> payload, TunnelLayer[] tunnel, in PacketStamp at)
    {
    }

    /// <summary>
    /// Flows of one shard left the table that nobody accepted: a SYN without a SYN in answer, a datagram or ping without
    /// answer.
    /// </summary>
    /// <param name="flows">The flows, at least one; valid during the call.</param>
    /// <param name="at">The packet at which that was seen; it may be one of another flow.</param>
    public virtual void OnUnanswered(ReadOnlySpan<FlowEntry> flows, in PacketStamp at)
    {
    }
}
