using Vittne.Packets.Measures;
using Vittne.Packets.Transport;

namespace Vittne.Packets.Fragments;

/// <summary>The datagrams that wait for fragments: bounded in number, memory and capture time; the oldest goes first.</summary>
internal sealed class FragmentTable
{
    private const int MaxDatagramLength = 65_535;

    private readonly PacketDecoderOptions _options;
    private readonly DecodeCounters _counters;
    private readonly FragmentStore _store = new();
    private readonly List<FragmentedDatagram> _all = [];
    private readonly Stack<int> _spare = [];
    private readonly FragmentIndex _held;
    private readonly FragmentQueue _v4;
    private readonly FragmentQueue _v6;
    private long _memoryBytes;
    private long _sequence;
    private long _nowNs = long.MinValue;

    public FragmentTable(PacketDecoderOptions options, DecodeCounters counters)
    {
        _options = options;
        _counters = counters;
        _held = new FragmentIndex(_all);
        _v4 = new FragmentQueue(_all);
        _v6 = new FragmentQueue(_all);
    }

    /// <summary>
    /// Takes the fragment at the position of the walk. True when it made its datagram whole: the walk then stands at the start of that.
    /// Otherwise the packet is marked as a fragment.
    /// </summary>
    public bool TryTake(ref LayerWalk walk, in FragmentKey key, int offset, bool hasMore, bool isV6)
    {
        DecodeContext context = walk.Context;
        _counters.Fragments++;
        _nowNs = Math.Max(_nowNs, context.TimestampNs);
        Expire(context.Batch);
        int wireLength = walk.WireEnd - walk.At;
        bool isWrong = offset + (long)wireLength > MaxDatagramLength;
        if (isWrong)
        {
            walk.Report(AnomalyKind.FragTooLarge);
        }
        else if (hasMore && wireLength % 8 != 0)
        {
            // Where bytes are missing the sender's length may have been right: that they are is told by itself.
            if (!walk.IsShort)
            {
                walk.Report(AnomalyKind.FragUnaligned);
            }

            wireLength &= ~7;
        }

        ReadOnlySpan<byte> data = walk.Data.Slice(walk.At, Math.Min(walk.Remaining, Math.Max(0, wireLength)));
        byte nextHeader = walk.Protocol;
        bool isCut = walk.IsCut;
        MarkAsFragment(ref walk);
        if (isWrong || (hasMore && data.IsEmpty))
        {
            return false;
        }

        // Its age counts from the latest time seen, so that one packet with a time far ahead does not end all that follow.
        FragmentedDatagram datagram = FindOrAdd(key, isV6, _nowNs);
        if (offset == 0 || datagram.Count == 0)
        {
            NoteHead(ref walk, datagram, data, offset == 0, isCut);
        }

        long before = datagram.MemoryBytes;
        FragmentSum earlier = datagram.Sum;
        datagram.Sum = earlier.Add(
            context.Batch.Packets.Packets[context.Index].OriginalLength, context.Place.IpLength, context.TimestampNs, context.Number, _counters.Packets + context.Index + 1);
        FragmentOutcome outcome = datagram.Add(offset, data, offset + wireLength, !hasMore, _options.FragmentPolicy);
        _memoryBytes += datagram.MemoryBytes - before;
        Tell(ref walk, outcome);
        if (offset == 0)
        {
            datagram.NextHeader = nextHeader;
        }

        if (context.Facts is not null)
        {
            NoteParts(context, datagram);
        }

        if (datagram.IsComplete)
        {
            _counters.DatagramsCompleted++;
            if (_options.KeepsPlaces && earlier.Packets > 0)
            {
                context.Place.Earlier = context.Batch.Earlier.Count;
                context.Batch.Earlier.Add(earlier);
            }

            Continue(ref walk, datagram);
            Remove(datagram);
            return true;
        }

        if (datagram.Count >= _options.MaxFragmentsPerDatagram)
        {
            _counters.DatagramsEvicted++;
            GiveUp(datagram, context.Batch);
        }

        Evict(context.Batch);
        return false;
    }

    /// <summary>Gives up what waited too long at the time of the last packet of the batch.</summary>
    public void Advance(DecodedBatch batch)
    {
        int count = batch.Packets.Count;
        if (count > 0 && _held.Count > 0)
        {
            _nowNs = Math.Max(_nowNs, batch.Packets.Packets[count - 1].TimestampNs);
            Expire(batch);
        }
    }

    /// <summary>Gives up what waited too long at a time that no later packet is before.</summary>
    public void Advance(DecodedBatch batch, long nowNs)
    {
        _nowNs = Math.Max(_nowNs, nowNs);
        Expire(batch);
    }

    private void Expire(DecodedBatch batch)
    {
        Expire(_v4, _options.FragmentTimeoutV4Ns, batch);
        Expire(_v6, _options.FragmentTimeoutV6Ns, batch);
    }

    /// <summary>Gives up everything, oldest first.</summary>
    public void GiveUpAll(DecodedBatch batch)
    {
        while (Oldest() is FragmentedDatagram datagram)
        {
            _counters.DatagramsIncomplete++;
            GiveUp(datagram, batch);
        }
    }

    private static void MarkAsFragment(ref LayerWalk walk)
    {
        walk.Packet.Flags |= DecodedFlags.Fragment;
        walk.Packet.PayloadLength = 0;
        walk.Packet.PayloadWireLength = 0;
        walk.Packet.PayloadOffset = 0;
        walk.Packet.Flags &= ~DecodedFlags.Reassembled;
        walk.Context.PayloadDatagram = null;
    }

    private static void NoteHead(ref LayerWalk walk, FragmentedDatagram datagram, ReadOnlySpan<byte> data, bool isFirst, bool isCut)
    {
        DecodedPacket head = walk.Packet;
        head.Flags &= DecodedFlags.HasIp | DecodedFlags.Ipv6;
        head.Anomaly = AnomalyKind.FragIncomplete;
        if (isFirst && !FirstFragment.TryRead(data, ref head) && !isCut)
        {
            walk.Report(AnomalyKind.FragTiny);
        }

        walk.Context.SetKey(ref head, walk.Context.Place.Vlans, walk.Context.Batch.Packets.Packets[walk.Context.Index].Interface);
        if (!datagram.HasFirst)
        {
            datagram.Orphan = new OrphanFragment(head, walk.Context.TimestampNs, walk.Context.Number, walk.Context.Tunnel);
        }

        datagram.HasFirst |= isFirst;
    }

    /// <summary>Tells packets of one datagram of each other. Facts of packets before this batch are told already.</summary>
    private void NoteParts(DecodeContext context, FragmentedDatagram datagram)
    {
        long firstOrdinal = _counters.Packets;
        if (!datagram.IsComplete)
        {
            datagram.Parts.Add((context.Number, firstOrdinal + context.Index));
            return;
        }

        foreach ((long number, long ordinal) in datagram.Parts)
        {
            context.Facts!.AddFragment(number);
            if (ordinal >= firstOrdinal)
            {
                context.Batch.Facts[(int)(ordinal - firstOrdinal)].FragmentOf = context.Number;
            }
        }
    }

    private static void Tell(ref LayerWalk walk, in FragmentOutcome outcome)
    {
        if (outcome.IsLastWrong)
        {
            walk.Report(AnomalyKind.FragLast);
        }

        if (outcome.ConflictStart >= 0)
        {
            walk.Context.Report(
                AnomalyKind.FragOverlap,
                $"{outcome.ConflictLength} bytes at {outcome.ConflictStart}: first {outcome.OldHash:x16}, later {outcome.NewHash:x16}");
        }
    }

    private static void Continue(ref LayerWalk walk, FragmentedDatagram datagram)
    {
        int length = datagram.Length;
        walk.Datagram = walk.Context.Batch.RentDatagram(length);
        datagram.Assemble(walk.Datagram);
        walk.Data = walk.Datagram.AsSpan(0, length);
        walk.At = 0;
        walk.End = length;
        walk.WireEnd = length;
        walk.Packet.Flags &= ~DecodedFlags.Fragment;
        if (datagram.IsV6)
        {
            walk.Protocol = datagram.NextHeader;
            walk.Packet.Protocol = datagram.NextHeader;
        }

        walk.SetPayload(0);
    }

    private FragmentedDatagram FindOrAdd(in FragmentKey key, bool isV6, long timestampNs)
    {
        uint hash = (uint)key.GetHashCode();
        if (_held.Find(key, hash) is FragmentedDatagram known)
        {
            return known;
        }

        FragmentedDatagram datagram;
        if (_spare.TryPop(out int number))
        {
            datagram = _all[number];
        }
        else
        {
            datagram = new FragmentedDatagram(_store, _all.Count);
            _all.Add(datagram);
        }

        datagram.Begin(key, hash, isV6, timestampNs, _sequence++);
        _held.Add(datagram);
        (isV6 ? _v6 : _v4).Add(datagram);
        _memoryBytes += datagram.MemoryBytes;
        _counters.DatagramsHeld = _held.Count;
        return datagram;
    }

    private void Expire(FragmentQueue queue, long timeoutNs, DecodedBatch batch)
    {
        while (queue.Oldest is FragmentedDatagram datagram && _nowNs - datagram.FirstNs > timeoutNs)
        {
            _counters.DatagramsIncomplete++;
            GiveUp(datagram, batch);
        }
    }

    private void Evict(DecodedBatch batch)
    {
        while ((_memoryBytes > _options.MaxFragmentBytes || _held.Count > _options.MaxFragmentedDatagrams) && Oldest() is FragmentedDatagram datagram)
        {
            _counters.DatagramsEvicted++;
            GiveUp(datagram, batch);
        }
    }

    private FragmentedDatagram? Oldest()
    {
        FragmentedDatagram? v4 = _v4.Oldest;
        FragmentedDatagram? v6 = _v6.Oldest;
        return v4 is null || (v6 is not null && v6.Sequence < v4.Sequence) ? v6 : v4;
    }

    private void GiveUp(FragmentedDatagram datagram, DecodedBatch batch)
    {
        batch.Orphans.Add(datagram.Orphan with { Sum = datagram.Sum });
        Remove(datagram);
    }

    private void Remove(FragmentedDatagram datagram)
    {
        _held.Remove(datagram);
        (datagram.IsV6 ? _v6 : _v4).Remove(datagram);
        _memoryBytes -= datagram.MemoryBytes;
        _counters.DatagramsHeld = _held.Count;
        datagram.End();
        _spare.Push(datagram.Number);
    }
}
