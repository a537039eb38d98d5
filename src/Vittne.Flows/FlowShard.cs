using System.Runtime.InteropServices;
using Vittne.Flows.Reassembly;
using Vittne.Flows.Table;
using Vittne.Packets;

namespace Vittne.Flows;

/// <summary>
/// A fixed part of all flows, chosen by flow hash. Its bounds are its own, so what is given up when they are reached does not depend on
/// how many workers share the shards.
/// </summary>
internal sealed class FlowShard
{
    // Tails of streams that are remembered at once, over all shards; other streams are read without.
    private const long MaxTailBytes = 32 << 20;

    // An acknowledgment may count this many bytes of the responder that the capture lost.
    private const uint MaxAcknowledgedUnseen = ushort.MaxValue;

    private readonly FlowHandler _handler;
    private readonly FlowOptions _options;
    private readonly FlowCounters _counters;
    private readonly FlowTable _table = new();
    private readonly ReorderBudget _budget;
    private readonly ReorderBudget _tails;
    private readonly int _maxFlows;
    private readonly Func<int, long> _deadline;
    private readonly Action<int> _expire;
    private readonly List<FlowEntry> _unanswered = [];
    private PacketStamp _now;

    public FlowShard(FlowHandler handler, FlowOptions options, FlowCounters counters, int shards)
    {
        _handler = handler;
        _options = options;
        _counters = counters;
        _budget = new ReorderBudget(options.ReorderBytesTotal / shards);
        _tails = new ReorderBudget(MaxTailBytes / shards);
        _maxFlows = Math.Max(16, options.MaxFlows / shards);
        _deadline = index => Deadline(_table.Entry(index));
        _expire = index => End(index, _now);
    }

    /// <summary>Looks at where a flow would be; see <see cref="FlowTracker.Warm"/>.</summary>
    public int Warm(uint hash) => _table.Warm(hash);

    /// <summary>Takes the next packet of the shard.</summary>
    public void OnPacket(in DecodedPacket packet, ReadOnlySpan<byte> payload, TunnelLayer[] tunnel, in PacketStamp at)
    {
        int index = _table.Find(packet);
        bool isNew = index < 0;
        if (isNew)
        {
            index = Begin(packet, at);
        }
        else if (StartsAnew(index, packet, at))
        {
            End(index, at);
            Fill(ref _table.Entry(index), packet, at);
            _counters.Flows++;
            isNew = true;
        }

        ref FlowEntry flow = ref _table.Entry(index);
        Direction direction = flow.IsFromOriginator(packet) ? Direction.FromOriginator : Direction.FromResponder;
        flow.LastNs = Math.Max(flow.LastNs, at.TimestampNs);
        FlowState seen = direction == Direction.FromOriginator ? FlowState.SeenOriginator : FlowState.SeenResponder;
        if ((flow.State & seen) == 0)
        {
            direction = TurnIfSynComesSecond(ref flow, packet, direction, ref seen, index);
            flow.State |= seen;
            _handler.OnDirectionStart(flow, direction, isNew, packet, payload, tunnel, at);
        }

        if (packet.Protocol == IpProtocol.Tcp)
        {
            if ((packet.Flags & DecodedFlags.HasTransport) != 0)
            {
                OnTcp(index, ref flow, direction, packet, payload, tunnel, at);
            }
        }
        else if (packet.Protocol == IpProtocol.Udp && !payload.IsEmpty && (flow.State & FlowState.Done) == 0)
        {
            ref FlowSession? session = ref _table.Session(index);
            if (!_handler.OnDatagram(ref session, flow, direction, payload, tunnel, at))
            {
                flow.State |= FlowState.Done;
                session = null;
            }
        }
        else if (packet.Protocol is IpProtocol.Icmp or IpProtocol.IcmpV6 && !payload.IsEmpty)
        {
            _handler.OnIcmp(flow, packet, payload, tunnel, at);
        }
    }

    /// <summary>Ends flows whose time is over.</summary>
    /// <param name="now">The latest packet of the run, with the highest time seen.</param>
    public void Advance(in PacketStamp now)
    {
        _now = now;
        _table.Advance(now.TimestampNs, _deadline, _expire);
        TellUnanswered(now);
    }

    /// <summary>The input ended: ends all flows, oldest first.</summary>
    public void EndAll(in PacketStamp at)
    {
        PacketStamp last = at;
        _table.ForEach(index => End(index, last));
        TellUnanswered(last);
    }

    private int Begin(in DecodedPacket packet, in PacketStamp at)
    {
        if (_table.Count >= _maxFlows)
        {
            int before = _table.Count;
            _now = at;
            _table.Evict(Math.Max(1, _maxFlows / 16), _expire);
            _counters.Evicted += before - _table.Count;
        }

        _counters.Flows++;
        int index = _table.Add(packet.FlowHash, at.TimestampNs, at.TimestampNs + _options.HandshakeTimeoutNs);
        Fill(ref _table.Entry(index), packet, at);
        return index;
    }

    private static void Fill(ref FlowEntry flow, in DecodedPacket packet, in PacketStamp at)
    {
        bool isGuess = false;
        bool isReversed = packet.Protocol switch
        {
            IpProtocol.Tcp when (packet.TcpFlags & TcpFlag.Syn) != 0 => (packet.TcpFlags & TcpFlag.Ack) != 0,
            IpProtocol.Tcp or IpProtocol.Udp => GuessIsFromServer(packet, out isGuess),
            _ => false,
        };
        flow.Id = at.Ordinal;
        flow.TunnelKey = packet.TunnelKey;
        flow.Protocol = packet.Protocol;
        flow.FirstFlags = (byte)(packet.Protocol == IpProtocol.Tcp ? packet.TcpFlags & 0x3F : 0);
        flow.LastNs = at.TimestampNs;
        flow.State = isGuess ? FlowState.RolesGuessed : FlowState.None;
        (flow.Source, flow.SourcePort, flow.Destination, flow.DestinationPort) = isReversed
            ? (packet.Destination, packet.DestinationPort, packet.Source, packet.SourcePort)
            : (packet.Source, packet.SourcePort, packet.Destination, packet.DestinationPort);
    }

    private static bool GuessIsFromServer(in DecodedPacket packet, out bool isGuess)
    {
        isGuess = true;
        bool fromKnown = ServerPorts.IsKnown(packet.SourcePort), toKnown = ServerPorts.IsKnown(packet.DestinationPort);
        if (fromKnown != toKnown)
        {
            return fromKnown;
        }

        return packet.Protocol == IpProtocol.Tcp && packet.SourcePort < 1024 && packet.DestinationPort >= 1024;
    }

    private bool StartsAnew(int index, in DecodedPacket packet, in PacketStamp at)
    {
        ref FlowEntry flow = ref _table.Entry(index);
        if (at.TimestampNs - flow.LastNs > Timeout(flow))
        {
            return true;
        }

        if (packet.Protocol != IpProtocol.Tcp || (packet.Flags & DecodedFlags.HasTransport) == 0)
        {
            return false;
        }

        if ((packet.TcpFlags & (TcpFlag.Syn | TcpFlag.Ack)) == TcpFlag.Syn)
        {
            bool fromOriginator = flow.IsFromOriginator(packet);
            bool isKnown = (flow.State & (fromOriginator ? FlowState.SynOriginator : FlowState.SynResponder)) != 0;
            if (isKnown && (fromOriginator ? flow.SourceIsn : flow.DestinationIsn) == packet.SequenceNumber)
            {
                return false;
            }

            FlowState seen = fromOriginator ? FlowState.SeenOriginator : FlowState.SeenResponder;
            const FlowState closed = FlowState.FinOriginator | FlowState.FinResponder | FlowState.Reset;
            if ((flow.State & (seen | closed)) == 0)
            {
                // The side was silent so far: both open the connection at once (RFC 9293 section 3.5).
                return false;
            }

            const FlowState over = FlowState.HasData | FlowState.FinOriginator | FlowState.FinResponder | FlowState.Reset;
            return (flow.State & over) != 0 || at.TimestampNs - flow.LastNs > _options.HandshakeTimeoutNs;
        }

        if (packet.PayloadWireLength > 0 && _table.Session(index) is TcpSession session)
        {
            Direction direction = flow.IsFromOriginator(packet) ? Direction.FromOriginator : Direction.FromResponder;
            return !session.IsIgnored(direction) && session.Half(direction).IsFarAway(packet.SequenceNumber, _options.MaxSeek);
        }

        return false;
    }

    private Direction TurnIfSynComesSecond(ref FlowEntry flow, in DecodedPacket packet, Direction direction, ref FlowState seen, int index)
    {
        bool isSyn = packet.Protocol == IpProtocol.Tcp && (packet.TcpFlags & (TcpFlag.Syn | TcpFlag.Ack)) == TcpFlag.Syn;
        if (!isSyn || direction != Direction.FromResponder || (flow.State & FlowState.RolesGuessed) == 0 || _table.Session(index) is not null)
        {
            return direction;
        }

        (flow.Source, flow.SourcePort, flow.Destination, flow.DestinationPort) = (flow.Destination, flow.DestinationPort, flow.Source, flow.SourcePort);
        bool originatorSeen = (flow.State & FlowState.SeenOriginator) != 0;
        flow.State &= ~(FlowState.RolesGuessed | FlowState.SeenOriginator | FlowState.SeenResponder);
        flow.State |= originatorSeen ? FlowState.SeenResponder : FlowState.None;
        seen = FlowState.SeenOriginator;
        return Direction.FromOriginator;
    }

    private void OnTcp(
        int index, ref FlowEntry flow, Direction direction, in DecodedPacket packet, ReadOnlySpan<byte> payload, TunnelLayer[] tunnel, in PacketStamp at)
    {
        ushort flags = packet.TcpFlags;
        uint sequence = packet.SequenceNumber;
        if ((flags & TcpFlag.Syn) != 0)
        {
            NoteSyn(ref flow, direction, sequence);
            sequence++;
        }

        ref FlowSession? slot = ref _table.Session(index);
        var session = slot as TcpSession;
        if ((flags & TcpFlag.Syn) != 0)
        {
            session?.Half(direction).StartBehindSyn(sequence);
        }

        else if (session is null && direction == Direction.FromOriginator && (flags & TcpFlag.Ack) != 0
            && (flow.State & (FlowState.SynResponder | FlowState.HasData)) == FlowState.SynResponder)
        {
            TakeAcknowledgedSyn(ref flow, packet.AcknowledgmentNumber);
        }

        if (packet.PayloadWireLength > 0)
        {
            flow.State |= FlowState.HasData;
            if (session is null && (!payload.IsEmpty || _handler.OpensWithoutBytes) && (flow.State & FlowState.Done) == 0
                && ((flow.State & FlowState.Unrecognised) == 0 || _handler.BeginsMessage(payload)))
            {
                slot = session = Open(ref flow, direction, sequence, tunnel);
            }

            if (session is not null && !session.IsIgnored(direction) && !(session.KeepsEverything && session.Half(direction).IsProbe(packet)))
            {
                if ((flags & TcpFlag.Urg) != 0 && !_options.KeepsUrgentBytes)
                {
                    // The pointer names the byte behind the urgent one, whatever RFC 1122 says (RFC 6093 section 3.1).
                    session.Half(direction).OnUrgent(sequence, Math.Max(packet.UrgentPointer - 1, 0), at);
                }

                session.Half(direction).OnSegment(sequence, payload, packet.PayloadWireLength, at);
            }
        }

        if ((flow.State & FlowState.Reset) != 0 && (flags & TcpFlag.Rst) == 0)
        {
            ResetWatch.OnPacket(ref flow, direction, packet, session, at);
        }

        if ((flags & (TcpFlag.Fin | TcpFlag.Rst)) != 0)
        {
            flow.State |= (flags & TcpFlag.Rst) != 0
                ? FlowState.Reset | (direction == Direction.FromOriginator ? FlowState.ResetByOriginator : FlowState.ResetByResponder)
                : direction == Direction.FromOriginator ? FlowState.FinOriginator : FlowState.FinResponder;
        }

        if (session is null)
        {
            return;
        }

        if ((flags & TcpFlag.Fin) != 0 && !session.IsIgnored(direction))
        {
            session.Half(direction).OnFin(sequence + (uint)packet.PayloadWireLength, at);
        }

        if ((flags & TcpFlag.Ack) != 0)
        {
            session.Half(1 - direction).OnAcknowledgment(packet.AcknowledgmentNumber, at);
        }

        if (session.IsDone)
        {
            flow.State |= session.IsUnrecognised ? FlowState.Unrecognised : FlowState.Done;
            session.Drop();
            slot = null;
        }
    }

    private static void NoteSyn(ref FlowEntry flow, Direction direction, uint sequence)
    {
        if (direction == Direction.FromOriginator)
        {
            flow.SourceIsn = sequence;
            flow.State |= FlowState.SynOriginator;
        }
        else
        {
            flow.DestinationIsn = sequence;
            flow.State |= FlowState.SynResponder;
        }
    }

    // Some load balancers answer a SYN twice, each time with another number, and anybody may forge an answer: the client tells which one it took.
    private static void TakeAcknowledgedSyn(ref FlowEntry flow, uint acknowledgment)
    {
        if (acknowledgment - 1 - flow.DestinationIsn > MaxAcknowledgedUnseen)
        {
            flow.DestinationIsn = acknowledgment - 1;
        }
    }

    private TcpSession? Open(ref FlowEntry flow, Direction direction, uint sequence, TunnelLayer[] tunnel)
    {
        StreamConsumer? consumer = _handler.OpenStream(flow, tunnel);
        if (consumer is null)
        {
            flow.State |= FlowState.Done;
            return null;
        }

        var session = new TcpSession(consumer, _options, _counters, _budget, _tails);
        if ((flow.State & FlowState.Unrecognised) != 0)
        {
            // A new look in the middle of a stream: both sides start where they are now.
            flow.State &= ~FlowState.Unrecognised;
            session.Half(direction).StartAt(sequence);
            return session;
        }

        if ((flow.State & FlowState.SynOriginator) != 0)
        {
            session.Half(Direction.FromOriginator).StartBehindSyn(flow.SourceIsn + 1);
        }

        if ((flow.State & FlowState.SynResponder) != 0)
        {
            session.Half(Direction.FromResponder).StartBehindSyn(flow.DestinationIsn + 1);
        }

        return session;
    }

    private void End(int index, in PacketStamp at)
    {
        ref FlowSession? slot = ref _table.Session(index);
        ref FlowEntry flow = ref _table.Entry(index);
        slot?.OnEnd(at);
        (slot as TcpSession)?.DeliverClose(flow.State, at);
        slot = null;
        if (IsUnanswered(flow))
        {
            _unanswered.Add(flow);
        }
    }

    private void TellUnanswered(in PacketStamp at)
    {
        if (_unanswered.Count > 0)
        {
            _handler.OnUnanswered(CollectionsMarshal.AsSpan(_unanswered), at);
            _unanswered.Clear();
        }
    }

    // A SYN that nobody accepted; UDP and ICMP without a packet of the other side. Other TCP segments without answer are no evidence: whole
    // captures hold one direction only.
    private static bool IsUnanswered(in FlowEntry flow)
    {
        const FlowState bothSeen = FlowState.SeenOriginator | FlowState.SeenResponder;
        const FlowState alive = FlowState.HasData | FlowState.SynResponder;
        if (flow.Protocol != IpProtocol.Tcp)
        {
            return (flow.State & bothSeen) != bothSeen && flow.Protocol is IpProtocol.Udp or IpProtocol.Icmp or IpProtocol.IcmpV6;
        }

        return (flow.State & alive) == 0 && (flow.State & FlowState.SynOriginator) != 0;
    }

    private long Deadline(in FlowEntry flow) => flow.LastNs + Timeout(flow);

    private long Timeout(in FlowEntry flow)
    {
        const FlowState closed = FlowState.FinOriginator | FlowState.FinResponder;
        bool isTwoWay = (flow.State & (FlowState.SeenOriginator | FlowState.SeenResponder)) == (FlowState.SeenOriginator | FlowState.SeenResponder);
        if (flow.Protocol != IpProtocol.Tcp)
        {
            return isTwoWay && flow.Protocol == IpProtocol.Udp ? _options.TwoWayTimeoutNs : _options.OneWayTimeoutNs;
        }

        // Who went on behind an own reset never sent it, or it was refused.
        return (flow.State & closed) == closed || (flow.State & (FlowState.ResetByOriginator | FlowState.ResetByResponder)) != 0
            ? _options.LingerNs
            : isTwoWay || (flow.State & FlowState.HasData) != 0 ? _options.EstablishedTimeoutNs : _options.HandshakeTimeoutNs;
    }
}
