using Vittne.Packets;

namespace Vittne.Flows.Metering;

/// <summary>
/// Follows a TCP connection by the headers of its segments. States and history have the meaning that Zeek gives them (its documentation of
/// <c>conn_state</c> and <c>history</c>); what each side sent is told by positions, so lost and repeated segments are known.
/// </summary>
internal static partial class TcpMeter
{
    // A sequence number of a SYN or RST, or an acknowledgment of 0, that is this far off is taken to be broken.
    private const int MaxJump = 1 << 20;

    /// <summary>Takes the next segment.</summary>
    /// <param name="flow">Counters of the flow; takes the history.</param>
    /// <param name="tcp">What is known of the connection.</param>
    /// <param name="notes">Rare things.</param>
    /// <param name="direction">Who sent it.</param>
    /// <param name="packet">The segment.</param>
    /// <param name="losesCut">True when a payload that was not captured whole counts as lost, as for Zeek.</param>
    public static void Add(ref FlowDetail flow, ref TcpDetail tcp, ref FlowSession? notes, Direction direction, in PacketMeasure packet, bool losesCut)
    {
        ref TcpSide side = ref tcp.Sides[(int)direction];
        ref TcpSide peer = ref tcp.Sides[1 - (int)direction];
        ushort flags = packet.Flags;
        bool isSyn = (flags & TcpFlag.Syn) != 0, isFin = (flags & TcpFlag.Fin) != 0, isReset = (flags & TcpFlag.Rst) != 0;
        int length = (isReset ? 0 : packet.AppBytes) + (isSyn ? 1 : 0) + (isFin ? 1 : 0);
        Begin(ref side, packet, isSyn, length);
        side.Flags |= flags;
        long position = side.PositionOf(packet.Sequence, side.Last);
        if ((flags & (TcpFlag.Syn | TcpFlag.Fin | TcpFlag.Rst)) != 0 || packet.AppBytes > 0 || (flow.Sides[(int)direction].History & HistoryMarks.Ack) == 0)
        {
            NoteHistory(ref flow, ref side, ref notes, direction, packet, position);
        }

        NoteWindow(ref flow, ref side, peer, ref notes, direction, packet);
        if (!side.IsClosed || !peer.IsClosed)
        {
            tcp.ProductiveNs = Math.Max(tcp.ProductiveNs, packet.TimestampNs);
        }

        if (isSyn)
        {
            NoteSyn(ref tcp, ref side, direction, packet);
        }

        long acknowledged = (flags & TcpFlag.Ack) != 0 ? Acknowledge(ref tcp, ref peer, packet, isReset) : 0;
        if (isFin)
        {
            side.Fins++;
            side.FinEnd = position + length;
        }

        NoteLast(ref flow, ref side, ref notes, direction, packet, position + length);
        bool closes = Step(ref side, ref peer, direction, packet);
        Show(ref tcp, side, peer, packet, acknowledged);
        if ((flags & TcpFlag.Ack) != 0)
        {
            NoteMissing(ref flow, ref peer, side, ref notes, direction, acknowledged);
        }

        if (packet.AppBytes > 0 && !isReset && position >= 0 && !(losesCut && (packet.Marks & MeasureMarks.IsCut) != 0))
        {
            AddData(ref side, ref notes, direction, isSyn ? position + 1 : position, packet);
        }

        side.IsClosing |= closes;
        Close(ref side);
        Close(ref peer);
    }

    // What waits for missing bytes is not closed yet.
    private static void Close(ref TcpSide side)
    {
        if (side.IsClosing && Math.Max(side.Next, side.Trimmed) >= side.Last - 1)
        {
            side.IsClosed = true;
        }
    }

    /// <summary>Writes a history letter, upper case for the originator.</summary>
    public static void AddLetter(ref FlowDetail flow, ref FlowSession? notes, Direction direction, char letter)
    {
        byte written = (byte)(direction == Direction.FromOriginator ? letter : char.ToLowerInvariant(letter));
        if (!flow.History.TryAdd(written))
        {
            FlowNotes.Of(ref notes).AddHistory(written);
        }
    }

    /// <summary>True for counts at which a letter is written that stands for powers of ten.</summary>
    public static bool IsPowerOfTen(int count)
    {
        while (count >= 10 && count % 10 == 0)
        {
            count /= 10;
        }

        return count == 1;
    }

    private static void Begin(ref TcpSide side, in PacketMeasure packet, bool isSyn, int length)
    {
        bool begins = side.State switch
        {
            EndpointState.Inactive => true,
            EndpointState.SynSent or EndpointState.SynAckSent => isSyn && packet.Sequence != side.Start,
            EndpointState.Established or EndpointState.Partial => isSyn,
            EndpointState.Reset => isSyn && side.PreviousState == EndpointState.Inactive,
            _ => false,
        };
        if (begins)
        {
            side.Start = isSyn ? packet.Sequence : packet.Sequence - 1;
            side.Acknowledged = 0;
            side.Last = isSyn ? length : 1;
            side.Next = 1;
            side.Trimmed = 1;
            side.SampleEnd = 0;
        }
    }

    private static void NoteHistory(
        ref FlowDetail flow, ref TcpSide side, ref FlowSession? notes, Direction direction, in PacketMeasure packet, long position)
    {
        ushort flags = packet.Flags;
        bool isSyn = (flags & TcpFlag.Syn) != 0, isFin = (flags & TcpFlag.Fin) != 0, isReset = (flags & TcpFlag.Rst) != 0;
        if ((isSyn && (isFin || isReset)) || (isFin && isReset))
        {
            flow.AddAnomaly(AnomalyKind.TcpFlags);
            Once(ref flow, ref notes, direction, isFin && isReset ? HistoryMarks.Inconsistent : HistoryMarks.Multiple, isFin && isReset ? 'I' : 'Q');
            return;
        }

        if (isSyn)
        {
            char letter = (flags & TcpFlag.Ack) != 0 ? 'H' : 'S';
            if (!Once(ref flow, ref notes, direction, HistoryMarks.Syn, letter) && (uint)position != side.HistorySyn)
            {
                AddLetter(ref flow, ref notes, direction, letter);
            }

            side.HistorySyn = (uint)position;
            if (packet.AppBytes > 0)
            {
                flow.AddAnomaly(AnomalyKind.TcpSynData);
            }
        }
        else if (packet.AppBytes > 0)
        {
            Once(ref flow, ref notes, direction, HistoryMarks.Data, 'D');
        }
        else if ((flags & (TcpFlag.Ack | TcpFlag.Fin | TcpFlag.Rst)) == TcpFlag.Ack)
        {
            Once(ref flow, ref notes, direction, HistoryMarks.Ack, 'A');
        }

        if (isFin)
        {
            uint at = (uint)(position + packet.AppBytes);
            if (!Once(ref flow, ref notes, direction, HistoryMarks.Fin, 'F') && at != side.HistoryFin)
            {
                AddLetter(ref flow, ref notes, direction, 'F');
            }

            side.HistoryFin = at;
        }

        if (isReset)
        {
            if (!Once(ref flow, ref notes, direction, HistoryMarks.Reset, 'R') && (uint)position != side.HistoryReset)
            {
                AddLetter(ref flow, ref notes, direction, 'R');
            }

            side.HistoryReset = (uint)position;
        }
    }

    private static bool Once(ref FlowDetail flow, ref FlowSession? notes, Direction direction, HistoryMarks mark, char letter)
    {
        ref SideMeter side = ref flow.Sides[(int)direction];
        if ((side.History & mark) != 0)
        {
            return false;
        }

        side.History |= mark;
        AddLetter(ref flow, ref notes, direction, letter);
        return true;
    }

    private static void NoteWindow(
        ref FlowDetail flow, ref TcpSide side, in TcpSide peer, ref FlowSession? notes, Direction direction, in PacketMeasure packet)
    {
        if (!side.HasWindow)
        {
            side.HasWindow = true;
            side.InitialWindow = packet.Window;
        }

        if ((packet.Flags & TcpFlag.Rst) == 0)
        {
            // A scale counts when both sides announced one, and never in a SYN (RFC 7323 section 2.2).
            int scale = side.Scale > 0 && peer.Scale > 0 && (packet.Flags & TcpFlag.Syn) == 0 ? side.Scale - 1 : 0;
            side.Window = (uint)packet.Window << scale;
            side.MaxWindow = Math.Max(side.MaxWindow, side.Window);
            if (packet.Window == 0 && peer.State != EndpointState.Closed && side.State != EndpointState.Reset && IsPowerOfTen(++side.ZeroWindows))
            {
                AddLetter(ref flow, ref notes, direction, 'W');
            }
        }
    }

    private static void NoteSyn(ref TcpDetail tcp, ref TcpSide side, Direction direction, in PacketMeasure packet)
    {
        side.InitialSequence = packet.Sequence;
        side.Syns++;
        side.Options |= packet.Options;
        side.Scale = packet.Scale;
        side.SegmentSize = packet.SegmentSize;
        if (direction == Direction.FromOriginator)
        {
            tcp.SynNs = tcp.SynNs == 0 ? packet.TimestampNs : tcp.SynNs;
        }
        else if ((packet.Flags & TcpFlag.Ack) != 0)
        {
            tcp.SynAckNs = tcp.SynAckNs == 0 ? packet.TimestampNs : tcp.SynAckNs;
        }
    }

    /// <summary>Takes the acknowledgment of a segment; returns its position on the peer's side, 0 for an impossible one.</summary>
    private static long Acknowledge(ref TcpDetail tcp, ref TcpSide peer, in PacketMeasure packet, bool isReset)
    {
        uint number = packet.Acknowledgment;
        if (peer.State == EndpointState.Inactive)
        {
            if (peer.HasUnseen && (int)(number - peer.LastUnseen) > 0 && !isReset)
            {
                peer.UnseenBytes += number - peer.LastUnseen;
            }

            if (!peer.HasUnseen || (int)(number - peer.LastUnseen) > 0)
            {
                peer.HasUnseen = true;
                peer.LastUnseen = number;
            }

            peer.Start = number - 1;
            peer.Acknowledged = 0;
            peer.Last = 0;
            return 1;
        }

        long position = peer.PositionOf(number, peer.Acknowledged);
        if (position < 0)
        {
            return 0;
        }

        if (!isReset && position > peer.Acknowledged && !(number == 0 && position - peer.Acknowledged > MaxJump))
        {
            peer.Acknowledged = position;
            if (peer.SampleEnd > 0 && position >= peer.SampleEnd)
            {
                long taken = Math.Max(packet.TimestampNs - peer.SampleNs, 0);
                tcp.RoundTripMinNs = tcp.RoundTrips == 0 ? taken : Math.Min(tcp.RoundTripMinNs, taken);
                tcp.RoundTripSumNs += taken;
                tcp.RoundTrips++;
                peer.SampleEnd = 0;
            }
        }

        return position;
    }

    private static void NoteLast(
        ref FlowDetail flow, ref TcpSide side, ref FlowSession? notes, Direction direction, in PacketMeasure packet, long end)
    {
        long ahead = end - side.Last;
        if ((packet.Flags & (TcpFlag.Syn | TcpFlag.Rst)) != 0 && ahead is > MaxJump or < -MaxJump)
        {
            return;
        }

        if ((packet.Flags & TcpFlag.Fin) != 0 && side.Last == 1)
        {
            side.Last = end;
        }
        else if (side.State != EndpointState.Reset)
        {
            if (ahead > 0)
            {
                side.Last = end;
            }
            else if (packet.AppBytes > 0 && IsPowerOfTen(++side.RepeatedSegments))
            {
                AddLetter(ref flow, ref notes, direction, 'T');
            }
        }
    }
}
