using Vittne.Packets;

namespace Vittne.Flows.Metering;

/// <content>States of the two ends.</content>
internal static partial class TcpMeter
{
    /// <summary>Takes a segment's flags into the state of its sender. True when the sender is done with the connection.</summary>
    private static bool Step(ref TcpSide side, ref TcpSide peer, Direction direction, in PacketMeasure packet) => side.State switch
    {
        EndpointState.Inactive => FromInactive(ref side, ref peer, direction, packet),
        EndpointState.SynSent or EndpointState.SynAckSent => FromSyn(ref side, packet),
        EndpointState.Established or EndpointState.Partial => FromEstablished(ref side, ref peer, packet),
        EndpointState.Closed => FromClosed(ref side, peer, packet),
        _ => false,
    };

    private static bool FromInactive(ref TcpSide side, ref TcpSide peer, Direction direction, in PacketMeasure packet)
    {
        bool isOriginator = direction == Direction.FromOriginator;
        bool isAck = (packet.Flags & TcpFlag.Ack) != 0;
        bool closes = false;
        if ((packet.Flags & TcpFlag.Syn) != 0)
        {
            if (isOriginator)
            {
                side.Enter(isAck ? EndpointState.SynAckSent : EndpointState.SynSent);
            }
            else
            {
                if (peer.State == EndpointState.SynSent)
                {
                    peer.Enter(EndpointState.Established);
                }

                side.Enter(EndpointState.Established);
            }
        }

        if ((packet.Flags & TcpFlag.Fin) != 0)
        {
            side.Enter(EndpointState.Closed);
            closes = true;
        }

        if ((packet.Flags & TcpFlag.Rst) != 0)
        {
            side.Enter(EndpointState.Reset);
            closes = true;
        }

        if (side.State == EndpointState.Inactive)
        {
            // Some stacks acknowledge a SYN before they answer it: that is no connection in its middle.
            bool isEarlyAck = !isOriginator && packet.AppBytes == 0 && peer.State == EndpointState.SynSent;
            if (isAck && peer.State == EndpointState.Established && !isEarlyAck)
            {
                side.Enter(EndpointState.Established);
            }
            else if (!isEarlyAck)
            {
                side.Enter(EndpointState.Partial);
            }
        }

        return closes;
    }

    private static bool FromSyn(ref TcpSide side, in PacketMeasure packet)
    {
        if ((packet.Flags & TcpFlag.Fin) != 0)
        {
            side.Enter(EndpointState.Closed);
        }

        if ((packet.Flags & TcpFlag.Rst) != 0)
        {
            side.Enter(EndpointState.Reset);
        }

        return (packet.Flags & (TcpFlag.Fin | TcpFlag.Rst)) != 0;
    }

    private static bool FromEstablished(ref TcpSide side, ref TcpSide peer, in PacketMeasure packet)
    {
        if ((packet.Flags & (TcpFlag.Syn | TcpFlag.Ack)) == TcpFlag.Syn && side.State == EndpointState.Partial && peer.State == EndpointState.Inactive)
        {
            side.Enter(EndpointState.SynSent);
        }

        if ((packet.Flags & (TcpFlag.Fin | TcpFlag.Rst)) == TcpFlag.Fin)
        {
            side.Enter(EndpointState.Closed);
            if (peer.State == EndpointState.Reset && peer.PreviousState == EndpointState.Closed)
            {
                // FIN, then RST: an ordinary end.
                peer.Enter(EndpointState.Closed);
            }
        }

        if ((packet.Flags & TcpFlag.Rst) != 0)
        {
            side.Enter(EndpointState.Reset);
        }

        return (packet.Flags & (TcpFlag.Fin | TcpFlag.Rst)) != 0;
    }

    private static bool FromClosed(ref TcpSide side, in TcpSide peer, in PacketMeasure packet)
    {
        if ((packet.Flags & TcpFlag.Rst) == 0 || peer.State == EndpointState.Closed)
        {
            return false;
        }

        side.Enter(EndpointState.Reset);
        return true;
    }

    // Letters of argus' state, and the times of the handshake.
    private static void Show(ref TcpDetail tcp, in TcpSide side, in TcpSide peer, in PacketMeasure packet, long acknowledged)
    {
        ushort flags = packet.Flags;
        if ((flags & TcpFlag.Syn) != 0)
        {
            tcp.Show((flags & TcpFlag.Ack) != 0 ? 1 : 0);
        }
        else if (tcp.AckNs == 0 && tcp.SynAckNs != 0 && (flags & (TcpFlag.Ack | TcpFlag.Rst)) == TcpFlag.Ack && side.Syns > 0 && peer.Syns > 0
            && acknowledged >= 1 && side.State == EndpointState.Established)
        {
            tcp.AckNs = packet.TimestampNs;
            tcp.Show(2);
        }
        else if (packet.AppBytes > 0 && (flags & TcpFlag.Rst) == 0)
        {
            tcp.Show(2);
        }

        if ((flags & TcpFlag.Fin) != 0)
        {
            tcp.Show(3);
        }

        if (peer.FinEnd > 0 && acknowledged >= peer.FinEnd)
        {
            tcp.Show(4);
        }

        if ((flags & TcpFlag.Rst) != 0)
        {
            tcp.Show(5);
        }
    }
}
