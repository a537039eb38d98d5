using Vittne.Flows.Table;
using Vittne.Packets;

namespace Vittne.Flows.Metering;

/// <content>What one packet does to its flow.</content>
internal sealed partial class MeterShard
{
    private void Apply(int index, ref FlowDetail detail, Direction direction, in PacketMeasure packet)
    {
        ref SideMeter side = ref detail.Sides[(int)direction];
        if (packet.Anomaly != AnomalyKind.None)
        {
            detail.AddAnomaly(packet.Anomaly);
        }

        if ((packet.Marks & MeasureMarks.IsBad) != 0)
        {
            if (TcpMeter.IsPowerOfTen(++side.BadChecksums))
            {
                TcpMeter.AddLetter(ref detail, ref _table.Session(index), direction, 'C');
            }

            if (_options.Checksums == ChecksumUse.Drop)
            {
                return;
            }
        }

        NoteTime(ref detail, packet);
        NoteMacs(ref detail, direction, packet);
        side.Add(packet);
        if (packet.Packets != 1 || (packet.Marks & MeasureMarks.IsFragments) != 0)
        {
            detail.Fragments += packet.Packets;
        }

        if (detail.Tcp >= 0)
        {
            if ((packet.Marks & MeasureMarks.IsWholeTcp) != 0)
            {
                TcpMeter.Add(ref detail, ref _tcp[detail.Tcp], ref _table.Session(index), direction, packet, _options.TellsZeek);
            }
        }
        else if ((side.History & HistoryMarks.Data) == 0 && _table.Entry(index).Protocol == IpProtocol.Udp)
        {
            side.History |= HistoryMarks.Data;
            TcpMeter.AddLetter(ref detail, ref _table.Session(index), direction, 'D');
        }

        if (detail.Statistics >= 0)
        {
            _statistics[detail.Statistics].Add(direction, packet);
        }
    }

    private static void NoteTime(ref FlowDetail detail, in PacketMeasure packet)
    {
        long now = packet.TimestampNs;
        detail.ClockBack += now < detail.PreviousNs ? 1 : 0;
        detail.PreviousNs = now;
        detail.FirstNs = Math.Min(detail.FirstNs, now);
        detail.LastNs = Math.Max(detail.LastNs, now);
        detail.LastNumber = packet.Number;
    }

    private static void NoteMacs(ref FlowDetail detail, Direction direction, in PacketMeasure packet)
    {
        if ((packet.Marks & (MeasureMarks.HasMacs | MeasureMarks.HasSourceMac)) == 0)
        {
            return;
        }

        ref ulong own = ref detail.Sides[(int)direction].Mac;
        detail.HasManyMacs |= own != 0 && own != packet.SourceMac + 1;
        own = own == 0 ? packet.SourceMac + 1 : own;
        if ((packet.Marks & MeasureMarks.HasMacs) != 0)
        {
            ref ulong other = ref detail.Sides[1 - (int)direction].Mac;
            detail.HasManyMacs |= other != 0 && other != packet.DestinationMac + 1;
            other = other == 0 ? packet.DestinationMac + 1 : other;
        }
    }

    // What time-outs and new flows depend on, for flows of one packet as well.
    private static void Note(ref FlowEntry entry, Direction direction, in PacketMeasure packet)
    {
        entry.LastNs = Math.Max(entry.LastNs, packet.TimestampNs);
        if (packet.Packets == 0)
        {
            return;
        }

        entry.State |= direction == Direction.FromOriginator ? FlowState.SeenOriginator : FlowState.SeenResponder;
        if ((packet.Marks & MeasureMarks.IsWholeTcp) == 0)
        {
            return;
        }

        bool isOriginator = direction == Direction.FromOriginator;
        if ((packet.Flags & TcpFlag.Syn) != 0)
        {
            if (isOriginator)
            {
                entry.SourceIsn = packet.Sequence;
                entry.State |= FlowState.SynOriginator;
            }
            else
            {
                entry.DestinationIsn = packet.Sequence;
                entry.State |= FlowState.SynResponder;
            }
        }

        entry.State |= packet.AppBytes > 0 ? FlowState.HasData : FlowState.None;
        if ((packet.Flags & TcpFlag.Fin) != 0)
        {
            entry.State |= isOriginator ? FlowState.FinOriginator : FlowState.FinResponder;
        }

        entry.State |= (packet.Flags & TcpFlag.Rst) != 0 ? FlowState.Reset : FlowState.None;
    }

    private bool StartsAnew(int index, in MeterPacket packet)
    {
        ref FlowEntry entry = ref _table.Entry(index);
        ref readonly PacketMeasure measure = ref packet.Measure;
        long idle = measure.TimestampNs - entry.LastNs;
        if (idle > Timeout(entry) || (_timeouts.EndsAttempts && IsAttemptOver(index, entry, measure)))
        {
            return true;
        }

        if ((measure.Marks & (MeasureMarks.IsWholeTcp | MeasureMarks.IsBad)) != MeasureMarks.IsWholeTcp)
        {
            return false;
        }

        bool fromOriginator = entry.IsFromOriginator(packet.Key);
        if ((measure.Flags & (TcpFlag.Syn | TcpFlag.Ack)) == TcpFlag.Syn)
        {
            bool isKnown = (entry.State & (fromOriginator ? FlowState.SynOriginator : FlowState.SynResponder)) != 0;
            if (isKnown && (fromOriginator ? entry.SourceIsn : entry.DestinationIsn) == measure.Sequence)
            {
                return false;
            }

            if (!isKnown && IsLateSyn(index, fromOriginator, measure))
            {
                return false;
            }

            const FlowState over = FlowState.HasData | FlowState.FinOriginator | FlowState.FinResponder | FlowState.Reset;
            return (entry.State & over) != 0 || idle > _timeouts.HandshakeNs;
        }

        int detail = Flow(index).Detail;
        if (measure.AppBytes == 0 || detail == 0)
        {
            return false;
        }

        ref TcpSide side = ref _tcp[_details[detail - 1].Tcp].Sides[fromOriginator ? 0 : 1];
        return side.UniqueBytes > 0 && Math.Abs(side.PositionOf(measure.Sequence, side.Next) - side.Next) > _options.MaxSeek && !_timeouts.EndsAttempts;
    }

    // The SYN of the one segment so far, which came before it.
    private bool IsLateSyn(int index, bool fromOriginator, in PacketMeasure syn)
    {
        ref MeasuredFlow flow = ref Flow(index);
        bool isSameSide = fromOriginator != flow.IsTurned;
        return flow.Detail == 0 && (isSameSide ? flow.First.Sequence : flow.First.Acknowledgment) - syn.Sequence == 1;
    }

    // Packets of a client alone, whose SYN is older than the time for an answer.
    private bool IsAttemptOver(int index, in FlowEntry entry, in PacketMeasure packet)
    {
        const FlowState other = FlowState.SeenResponder | FlowState.FinOriginator | FlowState.Reset;
        return (entry.State & (FlowState.SynOriginator | other)) == FlowState.SynOriginator
            && packet.TimestampNs - Flow(index).First.TimestampNs > _timeouts.HandshakeNs;
    }

    private void Recognise(int index, ref MeasuredFlow flow, in MeterPacket packet, Direction direction)
    {
        if (packet.Key.Protocol is not (IpProtocol.Tcp or IpProtocol.Udp))
        {
            flow.Service.IsDone = true;
            return;
        }

        ref FlowSession? slot = ref _table.Session(index);
        object? state = (slot as FlowNotes)?.Recognition;
        object? before = state;
        _services.OnPayload(ref flow.Service, ref state, new FlowSegment(packet.Payload, in packet.Key, direction));
        state = flow.Service.IsDone ? null : state;
        if (!ReferenceEquals(state, before))
        {
            FlowNotes.Of(ref slot).Recognition = state;
        }
    }

    private long Deadline(int index)
    {
        ref FlowEntry entry = ref _table.Entry(index);
        return entry.LastNs + Timeout(entry);
    }

    private long Timeout(in FlowEntry entry)
    {
        const FlowState closed = FlowState.FinOriginator | FlowState.FinResponder;
        const FlowState both = FlowState.SeenOriginator | FlowState.SeenResponder;
        return entry.Protocol switch
        {
            IpProtocol.Tcp when (entry.State & closed) == closed || (entry.State & FlowState.Reset) != 0 => _timeouts.LingerNs,
            IpProtocol.Tcp when (entry.State & both) == both || (entry.State & FlowState.HasData) != 0 => _timeouts.EstablishedNs,
            IpProtocol.Tcp => _timeouts.HandshakeNs,
            IpProtocol.Udp when (entry.State & both) == both => _timeouts.TwoWayNs,
            IpProtocol.Udp => _timeouts.OneWayNs,
            _ => _timeouts.OtherNs,
        };
    }
}
