namespace Vittne.Capture.Live;

/// <summary>
/// Several sources as one, their packets in order of time. A source that has none holds up newer packets of the others for a time, in which what
/// it may still have must have come; what comes later yet is handed out all the same.
/// </summary>
public sealed class MergedSource : ILiveSource
{
    /// <summary>Longest wait for one source, in which nobody looks at the others.</summary>
    private const int SliceMilliseconds = 5;

    private readonly Lane[] _lanes;
    private readonly long _windowNs;
    private readonly long _maxPackets;
    private readonly Func<long> _nowNs;
    private long _captured;
    private long _lastNs = long.MinValue;
    private Lane? _lastLane;

    /// <summary>Merges sources.</summary>
    /// <param name="sources">One or more; they are disposed with this one.</param>
    /// <param name="window">How long after a packet an older one of another source may come.</param>
    /// <param name="maxPackets">Ends after so many packets.</param>
    public MergedSource(IReadOnlyList<ILiveSource> sources, TimeSpan window, long maxPackets = long.MaxValue)
        : this(sources, window, maxPackets, static () => (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick)
    {
    }

    internal MergedSource(IReadOnlyList<ILiveSource> sources, TimeSpan window, long maxPackets, Func<long> nowNs)
    {
        _lanes = [.. sources.Select(static source => new Lane(source))];
        _windowNs = window.Ticks * TimeSpan.NanosecondsPerTick;
        _maxPackets = maxPackets;
        _nowNs = nowNs;
    }

    /// <inheritdoc/>
    public string Name => _lanes[0].Source.Name;

    /// <inheritdoc/>
    public ushort LinkType => _lanes[0].Source.LinkType;

    /// <inheritdoc/>
    public string? Failure => Array.Find(_lanes, static lane => lane.Source.Failure is not null)?.Source.Failure;

    /// <inheritdoc/>
    public string? Interruption => Array.Find(_lanes, static lane => lane.Source.Interruption is not null)?.Source.Interruption;

    /// <inheritdoc/>
    public long RingLength => _lanes.Sum(static lane => lane.Source.RingLength);

    /// <inheritdoc/>
    public long HorizonNs => _lanes.Min(static lane => lane.Source.HorizonNs);

    /// <inheritdoc/>
    public long OutOfOrder { get; private set; }

    private bool HasEnded => _captured >= _maxPackets || Array.TrueForAll(_lanes, static lane => lane.HasEnded && !lane.HasPacket);

    /// <inheritdoc/>
    public LiveCounters Counters()
    {
        LiveCounters sum = default;
        foreach (Lane lane in _lanes)
        {
            LiveCounters one = lane.Source.Counters();

            // All sources are of one interface, which counts its drops itself.
            sum = new LiveCounters(
                _captured,
                sum.Received + one.Received,
                sum.DroppedByKernel + one.DroppedByKernel,
                Math.Max(sum.DroppedByInterface, one.DroppedByInterface),
                sum.Freezes + one.Freezes);
        }

        return sum;
    }

    /// <inheritdoc/>
    public bool Wait(int milliseconds)
    {
        long endsAt = Environment.TickCount64 + milliseconds;
        while (true)
        {
            if (HasEnded || Oldest() is not null)
            {
                return true;
            }

            long left = endsAt - Environment.TickCount64;
            if (left <= 0)
            {
                return false;
            }

            Array.Find(_lanes, static lane => lane is { HasPacket: false, HasEnded: false })?.Source.Wait((int)Math.Min(left, SliceMilliseconds));
        }
    }

    /// <inheritdoc/>
    public ReadOutcome Read(PacketBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        batch.Return();
        batch.Start();
        long bytes = 0;
        while (batch.Count < PacketBatch.Capacity && bytes < PacketBatch.FullLength && _captured < _maxPackets && Oldest() is { } lane)
        {
            PacketRef packet = lane.Packet;
            ReadOnlySpan<byte> content = lane.Batch.Bytes(lane.Index);
            batch.Enter(_lanes[0].Batch.Section ?? lane.Batch.Section!);
            batch.Packets[batch.Count++] = packet with { Number = ++_captured, Offset = batch.Append(content) };
            bytes += content.Length;
            OutOfOrder += packet.TimestampNs < _lastNs && lane != _lastLane ? 1 : 0;
            _lastNs = Math.Max(_lastNs, packet.TimestampNs);
            _lastLane = lane;
            lane.Step();
        }

        return HasEnded && batch.Count == 0 ? ReadOutcome.End : ReadOutcome.More;
    }

    /// <inheritdoc/>
    public void Stop()
    {
        foreach (Lane lane in _lanes)
        {
            lane.Source.Stop();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Lane lane in _lanes)
        {
            lane.Batch.Return();
            lane.Source.Dispose();
        }
    }

    /// <summary>Whose packet is next; null when it is not sure yet.</summary>
    private Lane? Oldest()
    {
        Lane? oldest = OldestThere();
        bool isChanged = false;
        foreach (Lane lane in _lanes)
        {
            if (!lane.HasPacket && !lane.HasEnded && (oldest is null || lane.KnownNs < oldest.Packet.TimestampNs))
            {
                // The time before the look: what comes meanwhile is newer than that.
                long known = _nowNs() - _windowNs;
                lane.Look(known);
                isChanged |= lane.HasPacket;
            }
        }

        oldest = isChanged ? OldestThere() : oldest;
        if (oldest is null)
        {
            return null;
        }

        foreach (Lane lane in _lanes)
        {
            if (!lane.HasPacket && !lane.HasEnded && lane.KnownNs < oldest.Packet.TimestampNs)
            {
                return null;
            }
        }

        return oldest;
    }

    private Lane? OldestThere()
    {
        Lane? oldest = null;
        foreach (Lane lane in _lanes)
        {
            if (lane.HasPacket && (oldest is null || lane.Packet.TimestampNs < oldest.Packet.TimestampNs))
            {
                oldest = lane;
            }
        }

        return oldest;
    }

    /// <summary>One source with the packets that it has handed out and that are not taken yet.</summary>
    private sealed class Lane(ILiveSource source)
    {
        public ILiveSource Source => source;

        public PacketBatch Batch { get; } = new();

        public int Index { get; private set; }

        public bool HasEnded { get; private set; }

        /// <summary>No packet that is still to come is before this time.</summary>
        public long KnownNs { get; private set; } = long.MinValue;

        public bool HasPacket => Index < Batch.Count;

        public PacketRef Packet => Batch.Packets[Index];

        public void Step()
        {
            Index++;
            if (!HasPacket)
            {
                Batch.Return();
            }
        }

        public void Look(long knownNs)
        {
            if (source.Wait(milliseconds: 0))
            {
                HasEnded = source.Read(Batch) == ReadOutcome.End;
                Index = 0;
            }

            if (!HasPacket)
            {
                KnownNs = Math.Max(KnownNs, knownNs);
            }
        }
    }
}
