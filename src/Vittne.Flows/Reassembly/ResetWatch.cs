using Vittne.Flows.Table;
using Vittne.Packets;

namespace Vittne.Flows.Reassembly;

/// <summary>
/// Tells resets that ended nothing. Who goes on behind an own reset never sent it, or its peer refused it (outside the window, older than the last
/// timestamp: RFC 5961 section 3, RFC 7323 section 5). Data of the other side proves nothing: it may have been under way.
/// </summary>
internal static class ResetWatch
{
    /// <summary>Takes a packet without RST of a flow that has seen one.</summary>
    public static void OnPacket(ref FlowEntry flow, Direction direction, in DecodedPacket packet, TcpSession? session, in PacketStamp at)
    {
        FlowState own = direction == Direction.FromOriginator ? FlowState.ResetByOriginator : FlowState.ResetByResponder;
        if ((flow.State & own) != 0 && (packet.PayloadWireLength > 0 || (packet.TcpFlags & TcpFlag.Syn) != 0))
        {
            flow.State = (flow.State & ~own) | FlowState.ResetIgnored;
        }

        // Without a session nobody listens yet: the request of the other side may open one.
        if ((flow.State & FlowState.ResetIgnored) != 0 && session is not null)
        {
            flow.State &= ~FlowState.ResetIgnored;
            session.Half(direction).Tell(AnomalyKind.TcpRstOutOfWindow, "the stream goes on behind a reset", at);
        }
    }
}
