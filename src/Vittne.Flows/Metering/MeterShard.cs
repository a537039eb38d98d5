using Vittne.Flows.Table;
using Vittne.Packets;

namespace Vittne.Flows.Metering;

/// <summary>
/// A fixed part of all measured flows, chosen by flow hash, with bounds of its own: what is given up when they are reached does not depend on
/// how many workers share the shards.
/// </summary>
internal sealed partial class MeterShard
{
    private const int ChunkBits = 10;
    private const int ChunkLength = 1 << ChunkBits;

    // Identifiers of flows that carry a tunnel: the ordinal of their first packet is that of the flow inside as well.
    private const int LevelShift = 48;

    private readonly FlowMeterOptions _options;
    private readonly FlowTimeouts _timeouts;
    private readonly FlowServices _services;
    private readonly FlowCounters _counters;
    private readonly FlowRecordBuilder _builder;
    private readonly FlowTable _table = new();
    private readonly List<MeasuredFlow[]> _flows = [];
    private readonly ChunkPool<FlowDetail> _details = new();
    private readonly ChunkPool<TcpDetail> _tcp = new();
    private readonly ChunkPool<StatisticsMeter> _statistics = new();
    private readonly Func<long, long>? _border;
    private readonly Action<FlowHint, PacketStamp> _hint;
    private readonly int _maxFlows;
    private readonly Func<int, long> _deadline;
    private readonly Action<int> _expire;
    private readonly Action<int> _evict;
    private List<int>? _ending;
    private int _ended;
    private PacketStamp _now;

    public MeterShard(FlowMeterOptions options, FlowServices services, FlowCounters counters, FlowRecordBuilder builder, Func<long, long>? border, Action<FlowHint, PacketStamp> hint, int shards)
    {
        _options = options;
        _timeouts = options.Timeouts;
        _services = services;
        _counters = counters;
        _builder = builder;
        _border = border;
        _hint = hint;
        _maxFlows = Math.Max(16, options.MaxFlows / shards);
        _deadline = index => Deadline(index);
        _expire = index => End(index, FlowEnd.Timeout, _now);
        _evict = index => End(index, FlowEnd.Evicted, _now);
    }

    /// <summary>Looks at where a flow would be; see <see cref="FlowTracker.Warm"/>.</summary>
    public int Warm(uint hash)
    {
        int index = _table.Look(hash);
        if (index < 0)
        {
            return 0;
        }

        ref MeasuredFlow flow = ref Flow(index);
        int sum = (int)_table.Entry(index).Hash + flow.First.IpBytes;
        if (flow.Detail > 0)
        {
            ref FlowDetail detail = ref _details[flow.Detail - 1];
            sum += detail.Tcp >= 0 ? _tcp[detail.Tcp].Sides[0].Syns + _tcp[detail.Tcp].Sides[1].Syns : detail.Fragments;
        }

        return sum;
    }

    /// <summary>Takes the next packet of the shard.</summary>
    public void OnPacket(in MeterPacket packet, in PacketStamp at)
    {
        ref readonly DecodedPacket key = ref packet.Key;
        int index = _table.Find(key);
        if (index >= 0 && StartsAnew(index, packet))
        {
            End(index, FlowEnd.Reused, at);
            Begin(index, packet, at);
            return;
        }

        if (index < 0)
        {
            Begin(Take(key, at), packet, at);
            return;
        }

        ref FlowEntry entry = ref _table.Entry(index);
        ref MeasuredFlow flow = ref Flow(index);
        if (flow.Detail == 0)
        {
            Promote(index, ref entry, ref flow, packet);
        }

        Direction direction = entry.IsFromOriginator(key) ? Direction.FromOriginator : Direction.FromResponder;
        if (packet.Carries is not null && _table.Session(index) is not FlowNotes { Carries: not null })
        {
            FlowNotes.Of(ref _table.Session(index)).Carries = packet.Carries;
            _hint(new FlowHint(FlowHintKind.CarrierBegan, FlowName.Of(key), entry.Id, null), at);
        }

        ref FlowDetail detail = ref _details[flow.Detail - 1];
        if (packet.Measure.TimestampNs >= detail.BorderNs)
        {
            Split(index, ref entry, ref flow, ref detail, packet, at);
        }

        Apply(index, ref detail, direction, packet.Measure);
        Note(ref entry, direction, packet.Measure);
        if (!flow.Service.IsDone && !packet.Payload.IsEmpty)
        {
            Recognise(index, ref flow, packet, direction);
        }
    }

    /// <summary>An ICMP error was about a packet of a flow.</summary>
    public void OnQuote(in DecodedPacket quoted, in DecodedPacket error)
    {
        int index = _table.Find(quoted);
        if (index >= 0)
        {
            FlowNotes notes = FlowNotes.Of(ref _table.Session(index));
            notes.ErrorNode = Records.FlowAddress.Of(error.Source);
            notes.Error = IcmpMessages.Word(error.Protocol, (byte)error.SourcePort, (byte)error.DestinationPort, isAnswered: false);
        }
    }

    /// <summary>Ends flows whose time is over.</summary>
    /// <param name="now">The latest packet of the run, with the highest time seen.</param>
    public void Advance(in PacketStamp now)
    {
        _now = now;
        _table.Advance(now.TimestampNs, _deadline, _expire);
    }

    /// <summary>The input ended: ends all flows that began up to a packet, oldest first. No packet may come after the first call.</summary>
    public void EndUpTo(long ordinal, in PacketStamp at)
    {
        if (_ending is null)
        {
            _ending = _table.ByAge();
            _ending.Sort((left, right) => Began(left).CompareTo(Began(right)));
        }

        while (_ended < _ending.Count && Began(_ending[_ended]) <= ordinal)
        {
            End(_ending[_ended++], FlowEnd.InputEnded, at);
        }
    }

    private long Began(int index) => _table.Entry(index).Id & ((1L << LevelShift) - 1);

    private ref MeasuredFlow Flow(int index) => ref _flows[index >> ChunkBits][index & (ChunkLength - 1)];

    private int Take(in DecodedPacket key, in PacketStamp at)
    {
        if (_table.Count >= _maxFlows)
        {
            int before = _table.Count;
            _now = at;
            _table.Evict(Math.Max(1, _maxFlows / 16), _evict);
            _counters.Evicted += before - _table.Count;
        }

        int index = _table.Add(key.FlowHash, at.TimestampNs, at.TimestampNs + _timeouts.HandshakeNs);
        while (index >> ChunkBits >= _flows.Count)
        {
            _flows.Add(new MeasuredFlow[ChunkLength]);
        }

        return index;
    }

    private void Begin(int index, in MeterPacket packet, in PacketStamp at)
    {
        _counters.Flows++;
        ref readonly DecodedPacket key = ref packet.Key;
        ref FlowEntry entry = ref _table.Entry(index);
        bool isReversed = false;
        FlowState roles = packet.IcmpRole != 0 ? FlowState.None : MeterRoles.Read(key, _services, packet.Payload, out isReversed);
        entry.Id = (packet.IsOrphan ? packet.OrphanOrdinal : at.Ordinal) | ((long)packet.Level << LevelShift);
        entry.TunnelKey = key.TunnelKey;
        entry.Protocol = key.Protocol;
        entry.FirstFlags = (byte)(key.Protocol == IpProtocol.Tcp ? key.TcpFlags & 0x3F : 0);
        entry.LastNs = packet.Measure.TimestampNs;
        entry.State = roles;
        (entry.Source, entry.SourcePort, entry.Destination, entry.DestinationPort) = isReversed
            ? (key.Destination, key.DestinationPort, key.Source, key.SourcePort)
            : (key.Source, key.SourcePort, key.Destination, key.DestinationPort);
        ref MeasuredFlow flow = ref Flow(index);
        flow = new MeasuredFlow { First = packet.Measure, Level = packet.Level, IsTurned = isReversed };
        if (!packet.IsPlain)
        {
            _table.Session(index) = FlowNotes.Of(packet);
            if (packet.Carrier >= 0)
            {
                _hint(new FlowHint(FlowHintKind.InnerBegan, FlowName.Of(packet.Batch.Carriers[packet.Carrier].Packet), entry.Id, null), at);
            }

            if (packet.Carries is not null)
            {
                _hint(new FlowHint(FlowHintKind.CarrierBegan, FlowName.Of(key), entry.Id, null), at);
            }
        }

        Direction direction = !entry.IsFromOriginator(key) ? Direction.FromResponder : Direction.FromOriginator;
        Note(ref entry, direction, packet.Measure);
        if (!packet.Payload.IsEmpty)
        {
            Recognise(index, ref flow, packet, direction);
        }
    }

    // The second packet decides what the first could not, and from here on counters are needed.
    private void Promote(int index, ref FlowEntry entry, ref MeasuredFlow flow, in MeterPacket second)
    {
        const ushort handshake = TcpFlag.Syn | TcpFlag.Ack;
        if (entry.Protocol == IpProtocol.Tcp && (second.Measure.Marks & MeasureMarks.IsWholeTcp) != 0)
        {
            // A SYN-ACK that is only answered by RST is a scan: who sent it began.
            bool wasAnswer = (flow.First.Flags & handshake) == handshake && flow.IsTurned;
            bool isScan = wasAnswer && (second.Measure.Flags & TcpFlag.Rst) != 0 && !ServerPorts.IsKnown(entry.DestinationPort);
            bool isLateSyn = (second.Measure.Flags & handshake) == TcpFlag.Syn && (entry.State & FlowState.RolesGuessed) != 0
                && !entry.IsFromOriginator(second.Key);
            if (isScan || isLateSyn)
            {
                Turn(ref entry, ref flow);
            }
        }

        else if (second.IcmpRole > 0 && !entry.IsFromOriginator(second.Key))
        {
            // An answer before its question: one of them was late.
            Turn(ref entry, ref flow);
        }

        int detail = _details.Take();
        flow.Detail = detail + 1;
        Prepare(ref _details[detail], entry.Protocol);
        Replay(index, ref _details[detail], entry, flow);
    }

    private static void Turn(ref FlowEntry entry, ref MeasuredFlow flow)
    {
        (entry.Source, entry.SourcePort, entry.Destination, entry.DestinationPort) = (entry.Destination, entry.DestinationPort, entry.Source, entry.SourcePort);
        flow.IsTurned = !flow.IsTurned;
        const FlowState seen = FlowState.SeenOriginator | FlowState.SeenResponder;
        entry.State = (entry.State & ~(seen | FlowState.RolesGuessed)) | ((entry.State & seen) == seen ? seen : seen & ~entry.State);
    }

    private void Prepare(ref FlowDetail detail, byte protocol)
    {
        detail.Tcp = protocol == IpProtocol.Tcp ? _tcp.Take() : -1;
        detail.Statistics = _options.KeepsStatistics ? _statistics.Take() : -1;
    }

    private void Replay(int index, ref FlowDetail detail, in FlowEntry entry, in MeasuredFlow flow)
    {
        ref readonly PacketMeasure first = ref flow.First;
        detail.FirstNs = detail.LastNs = detail.PreviousNs = first.TimestampNs;
        detail.FirstNumber = first.Number;
        detail.BorderNs = Border(first.TimestampNs);
        if (flow.IsTurned && entry.Protocol is IpProtocol.Tcp or IpProtocol.Udp)
        {
            detail.History.TryAdd((byte)'^');
        }

        Apply(index, ref detail, flow.IsTurned ? Direction.FromResponder : Direction.FromOriginator, first);
    }

    private long Border(long firstNs)
    {
        long border = _border is not null ? _border(firstNs) : long.MaxValue;
        return _timeouts.ActiveNs > 0 ? Math.Min(border, firstNs + _timeouts.ActiveNs) : border;
    }

    private void Split(int index, ref FlowEntry entry, ref MeasuredFlow flow, ref FlowDetail detail, in MeterPacket packet, in PacketStamp at)
    {
        Tell(index, entry, flow, ref detail, FlowEnd.Border, at);
        detail.BeginRecord(packet.Measure.TimestampNs, packet.Measure.Number);
        if (detail.Tcp >= 0)
        {
            ref TcpDetail tcp = ref _tcp[detail.Tcp];
            tcp.Sides[0].BeginRecord();
            tcp.Sides[1].BeginRecord();
        }

        if (detail.Statistics >= 0)
        {
            _statistics[detail.Statistics] = default;
        }

        detail.BorderNs = Border(packet.Measure.TimestampNs);
    }

    private void End(int index, FlowEnd reason, in PacketStamp at)
    {
        ref FlowEntry entry = ref _table.Entry(index);
        ref MeasuredFlow flow = ref Flow(index);
        if (flow.Detail > 0)
        {
            ref FlowDetail detail = ref _details[flow.Detail - 1];
            Tell(index, entry, flow, ref detail, reason, at);
            Release(detail);
            _details.Return(flow.Detail - 1);
            flow.Detail = 0;
        }
        else
        {
            FlowDetail detail = default;
            Prepare(ref detail, entry.Protocol);
            Replay(index, ref detail, entry, flow);
            Tell(index, entry, flow, ref detail, reason, at);
            Release(detail);
        }

        _table.Session(index) = null;
    }

    private void Release(in FlowDetail detail)
    {
        if (detail.Tcp >= 0)
        {
            _tcp.Return(detail.Tcp);
        }

        if (detail.Statistics >= 0)
        {
            _statistics.Return(detail.Statistics);
        }
    }

    private void Tell(int index, in FlowEntry entry, in MeasuredFlow flow, ref FlowDetail detail, FlowEnd reason, in PacketStamp at)
    {
        TcpDetail none = default;
        StatisticsMeter empty = default;
        ref TcpDetail tcp = ref detail.Tcp >= 0 ? ref _tcp[detail.Tcp] : ref none;
        ref StatisticsMeter statistics = ref detail.Statistics >= 0 ? ref _statistics[detail.Statistics] : ref empty;
        _builder.Tell(new FlowParts(in entry, in flow, ref detail, ref tcp, ref statistics, _table.Session(index) as FlowNotes), reason, at);
    }
}
