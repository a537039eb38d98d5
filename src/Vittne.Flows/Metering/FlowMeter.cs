using System.Runtime.InteropServices;
using Vittne.Flows.Records;
using Vittne.Packets;
using Vittne.Packets.Measures;

namespace Vittne.Flows.Metering;

/// <summary>Measures the flows of one worker: those shards of the flow hash that it owns. Every packet that belongs to one of them is shown to it.</summary>
public sealed class FlowMeter
{
    private readonly MeterShard?[] _shards = new MeterShard?[FlowTracker.Shards];
    private readonly FlowMeterOptions _options;
    private readonly FlowServices _services;
    private readonly FlowRecordBuilder _builder;
    private readonly Func<long, long>? _border;
    private readonly Action<FlowHint, PacketStamp> _hint;
    private PacketStamp _at;
    private int _number;
    private int _workers = 1;
    private int _carrier;
    private int _quote;

    /// <summary>Makes a meter.</summary>
    /// <param name="options">How it measures.</param>
    /// <param name="services">Recognises what flows carry.</param>
    /// <param name="tell">Takes each record with the packet that ended it, in no order.</param>
    /// <param name="hint">Takes what is learned about flows of other workers, with the packet that told it.</param>
    public FlowMeter(FlowMeterOptions options, FlowServices services, Action<FlowRecord, PacketStamp> tell, Action<FlowHint, PacketStamp> hint)
    {
        _options = options;
        _services = services;
        _border = options.Borders?.Invoke();
        _hint = hint;
        services.Announced = (name, service) => hint(new FlowHint(FlowHintKind.Expected, name, 0, service), _at);
        _builder = new FlowRecordBuilder(services, options.TellsZeek, tell);
    }

    /// <summary>What was given up.</summary>
    public FlowCounters Counters { get; } = new();

    /// <summary>Packets whose checksum is wrong.</summary>
    public long BadChecksums { get; private set; }

    /// <summary>Says which part of all flows is measured here.</summary>
    public void SetShare(int number, int workers) => (_number, _workers) = (number, workers);

    /// <summary>Looks at where the flow of a packet would be; see <see cref="FlowTracker.Warm"/>.</summary>
    public int Warm(in DecodedPacket packet) => _shards[FlowTracker.ShardOf(packet)]?.Warm(packet.FlowHash) ?? 0;

    /// <summary>Takes the next packet: its flow, and those of the tunnels around it, as far as they are measured here.</summary>
    public void OnPacket(DecodedBatch batch, int index, in PacketStamp at)
    {
        ref readonly DecodedPacket packet = ref batch.Decoded[index];
        if ((packet.Flags & DecodedFlags.HasIp) == 0)
        {
            return;
        }

        _at = at;
        int last = packet.Tunnel < 0 ? 0 : LastCarrier(batch, index);
        if ((packet.Flags & DecodedFlags.Fragment) == 0 && IsMine(packet))
        {
            bool isPlain = PacketPlace.TryDerive(packet, batch.Packets.Bytes(index), out PacketPlace place);
            place = isPlain ? place : batch.Places[index];
            Measure(batch, index, packet, place, new Level(0, packet.Tunnel < 0 ? [] : batch.Tunnels[packet.Tunnel], null, last - 1), isPlain, at);
        }

        if (last > 0)
        {
            MeasureCarriers(batch, index, last, at);
        }

        if (batch.Quotes.Count > 0)
        {
            TakeQuote(batch, index);
        }
    }

    /// <summary>Takes fragments whose datagram never became whole.</summary>
    public void OnOrphan(DecodedBatch batch, in OrphanFragment orphan, in PacketStamp at)
    {
        FragmentSum sum = orphan.Sum;

        // For Zeek a datagram that never became whole was never there.
        if (sum.Packets == 0 || _options.TellsZeek || !IsMine(orphan.Packet))
        {
            return;
        }

        PacketMeasure measure = default;
        measure.TimestampNs = sum.FirstNs;
        measure.Number = sum.FirstNumber;
        measure.Capture = (ushort)at.Capture;
        measure.Packets = (ushort)sum.Packets;
        measure.WireBytes = (int)sum.WireBytes;
        measure.IpBytes = (int)sum.IpBytes;
        measure.TimeToLive = orphan.Packet.TimeToLive;
        measure.Anomaly = AnomalyKind.FragIncomplete;
        measure.Marks = MeasureMarks.IsFragments;
        DecodedPacket key = orphan.Packet;
        int role = KeyIcmp(ref key, 0);
        ShardOf(key).OnPacket(
            new MeterPacket(in key, in measure) { Batch = batch, Index = 0, Network = -1, Tunnel = orphan.Tunnel, IcmpRole = role, IsOrphan = true, OrphanOrdinal = sum.FirstOrdinal },
            at);
    }

    /// <summary>The batch is over: ends flows whose time is over.</summary>
    /// <param name="now">The latest packet of the run, with the highest time seen so far.</param>
    public void Advance(in PacketStamp now)
    {
        _carrier = _quote = 0;
        foreach (MeterShard? shard in _shards)
        {
            shard?.Advance(now);
        }
    }

    /// <summary>The input ended: ends the flows that began up to a packet. Called again with later packets until all are ended.</summary>
    /// <param name="ordinal">Up to which packet.</param>
    /// <param name="at">The last packet of the run.</param>
    public void EndUpTo(long ordinal, in PacketStamp at)
    {
        foreach (MeterShard? shard in _shards)
        {
            shard?.EndUpTo(ordinal, at);
        }
    }

    private bool IsMine(in DecodedPacket packet) => _workers == 1 || FlowTracker.ShardOf(packet) % _workers == _number;

    private MeterShard ShardOf(in DecodedPacket packet) =>
        _shards[FlowTracker.ShardOf(packet)] ??= new MeterShard(_options, _services, Counters, _builder, _border, _hint, FlowTracker.Shards);

    /// <summary>Finds the carriers of a packet; returns behind the last of them.</summary>
    private int LastCarrier(DecodedBatch batch, int index)
    {
        ReadOnlySpan<CarrierPacket> carriers = CollectionsMarshal.AsSpan(batch.Carriers);
        while (_carrier < carriers.Length && carriers[_carrier].Index < index)
        {
            _carrier++;
        }

        int last = _carrier;
        while (last < carriers.Length && carriers[last].Index == index)
        {
            last++;
        }

        return last;
    }

    private void MeasureCarriers(DecodedBatch batch, int index, int last, in PacketStamp at)
    {
        ReadOnlySpan<CarrierPacket> carriers = CollectionsMarshal.AsSpan(batch.Carriers);
        for (int i = _carrier; i < last; i++)
        {
            ref readonly CarrierPacket carrier = ref carriers[i];
            if (IsMine(carrier.Packet))
            {
                Measure(batch, index, carrier.Packet, carrier.Place, new Level((byte)(last - i), carrier.Tunnel, carrier.Type, i > _carrier ? i - 1 : -1), isPlain: false, at);
            }
        }

        _carrier = last;
    }

    private void TakeQuote(DecodedBatch batch, int index)
    {
        ReadOnlySpan<QuotedPacket> quotes = CollectionsMarshal.AsSpan(batch.Quotes);
        for (; _quote < quotes.Length && quotes[_quote].Index <= index; _quote++)
        {
            if (quotes[_quote].Index == index && IsMine(quotes[_quote].Packet))
            {
                ShardOf(quotes[_quote].Packet).OnQuote(quotes[_quote].Packet, batch.Decoded[index]);
            }
        }
    }

    private void Measure(DecodedBatch batch, int index, in DecodedPacket packet, in PacketPlace place, in Level level, bool isPlain, in PacketStamp at)
    {
        MeasureReader.Read(batch, index, packet, place, level.Tunnel.Length > 0, at, out PacketMeasure measure);
        if (_options.Checksums != ChecksumUse.Ignore && MeasureChecksums.Check(batch, index, packet, place) is not AnomalyKind.None and var wrong)
        {
            BadChecksums++;
            measure.Anomaly = wrong;
            measure.Marks |= MeasureMarks.IsBad;
            if (_options.Checksums == ChecksumUse.Drop)
            {
                if (wrong == AnomalyKind.IpChecksum)
                {
                    return;
                }

                measure.Packets = 0;
            }
        }

        MeterShard shard = ShardOf(packet);
        ReadOnlySpan<byte> payload = measure.Packets == 0 || level.Carries is not null ? default : batch.Payload(index);
        if (place.Earlier >= 0 && _options.TellsZeek)
        {
            // There a datagram is one packet, as if it had not been cut up.
            int header = place.IpLength - FragmentLength(batch, index, place);
            measure.IpBytes = header + packet.PayloadOffset + packet.PayloadWireLength;
        }
        else if (place.Earlier >= 0)
        {
            AddEarlier(shard, batch, index, packet, batch.Earlier[place.Earlier], measure, level, at);
        }

        if (packet.Protocol is not (IpProtocol.Icmp or IpProtocol.IcmpV6))
        {
            shard.OnPacket(
                new MeterPacket(in packet, in measure)
                {
                    Payload = payload,
                    Level = level.Number,
                    Batch = batch,
                    Index = index,
                    Network = place.Network,
                    IsPlain = isPlain,
                    Tunnel = level.Tunnel,
                    Carries = level.Carries,
                    Carrier = level.Carrier,
                },
                at);
            return;
        }

        DecodedPacket key = packet;
        int role = KeyIcmp(ref key, measure.Window);
        shard.OnPacket(
            new MeterPacket(in key, in measure)
            {
                Payload = payload,
                Level = level.Number,
                Batch = batch,
                Index = index,
                Network = place.Network,
                IsPlain = isPlain,
                Tunnel = level.Tunnel,
                Carries = level.Carries,
                Carrier = level.Carrier,
                IcmpRole = role,
            },
            at);
    }

    private static int FragmentLength(DecodedBatch batch, int index, in PacketPlace place)
    {
        ReadOnlySpan<byte> data = batch.Packets.Bytes(index);
        int header = place.Network >= 0 && place.Network < data.Length && data[place.Network] >> 4 == 4 ? (data[place.Network] & 15) * 4 : 40;
        return place.IpLength - header;
    }

    // Fragments that came before count as packets of the same flow.
    private void AddEarlier(
        MeterShard shard, DecodedBatch batch, int index, in DecodedPacket packet, in FragmentSum sum, in PacketMeasure last, in Level level, in PacketStamp at)
    {
        PacketMeasure measure = default;
        measure.TimestampNs = sum.FirstNs;
        measure.Number = sum.FirstNumber;
        measure.Capture = last.Capture;
        measure.Packets = (ushort)sum.Packets;
        measure.WireBytes = level.Tunnel.Length > 0 ? (int)sum.IpBytes : (int)sum.WireBytes;
        measure.IpBytes = (int)sum.IpBytes;
        measure.TimeToLive = last.TimeToLive;
        measure.TypeOfService = last.TypeOfService;
        measure.Marks = MeasureMarks.IsFragments;
        DecodedPacket key = packet;
        int role = KeyIcmp(ref key, last.Window);
        shard.OnPacket(
            new MeterPacket(in key, in measure)
            {
                Level = level.Number,
                Batch = batch,
                Index = index,
                Network = -1,
                Tunnel = level.Tunnel,
                Carries = level.Carries,
                Carrier = level.Carrier,
                IcmpRole = role,
            },
            at);
    }

    private int KeyIcmp(ref DecodedPacket key, ushort identifier)
    {
        if (key.Protocol is not (IpProtocol.Icmp or IpProtocol.IcmpV6))
        {
            return 0;
        }

        return IcmpMessages.MakeKey(ref key, identifier, _options.IgnoresIcmpIdentifiers);
    }

    private readonly record struct Level(byte Number, TunnelLayer[] Tunnel, string? Carries, int Carrier);
}
