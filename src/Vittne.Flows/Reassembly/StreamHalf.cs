using System.Buffers;
using System.Globalization;
using Vittne.Packets;

namespace Vittne.Flows.Reassembly;

/// <summary>
/// One direction of a TCP stream: puts segments in order (RFC 9293 section 3.4), extends sequence numbers to 64 bits, and tells gaps.
/// Data that arrives in order is handed on as a slice of its packet; only what has to wait is copied.
/// </summary>
internal sealed class StreamHalf(TcpSession session, Direction direction)
{
    // Captures reorder: an ACK may be recorded before the data that it acknowledges. So many packets of the direction must
    // follow the acknowledgment before its bytes are called missing.
    private const int GapPatience = 3;

    // The first ones of a kind say it all; a flood of them would be a flood of records.
    private const int MaxAnomalies = 4;

    // Urgent bytes that stand ahead of what was delivered; a socket knows one at a time.
    private const int MaxUrgent = 16;

    private PendingSegments? _pending;
    private DeliveredTail? _tail;
    private List<long>? _urgent;
    private int _anomalies;
    private uint _base;
    private long _next;
    private long _fin = -1;
    private long _acknowledged = -1;
    private int _packetsSinceAcknowledged;
    private long _highest;
    private bool _hasBase;
    private bool _isOriginKnown;

    /// <summary>The direction ended and the consumer knows.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Offset 0 is the byte after the SYN.</summary>
    public void StartAt(uint sequenceNumber)
    {
        if (!_hasBase)
        {
            _base = sequenceNumber;
            _hasBase = true;
        }
    }

    /// <summary>A SYN tells where the stream begins: nothing can lie before it.</summary>
    public void StartBehindSyn(uint sequenceNumber)
    {
        _isOriginKnown |= !_hasBase;
        StartAt(sequenceNumber);
    }

    /// <summary>True for one byte just before the next that nobody pushes: so a keep-alive asks (RFC 9293 section 3.8.4), and what it holds means nothing.</summary>
    public bool IsProbe(in DecodedPacket packet) =>
        packet.PayloadWireLength == 1 && _hasBase && (packet.TcpFlags & TcpFlag.Psh) == 0 && OffsetOf(packet.SequenceNumber) == Math.Max(_next, _highest) - 1;

    /// <summary>True when the segment lies so far from what is expected that it cannot belong to this stream.</summary>
    public bool IsFarAway(uint sequenceNumber, int maxSeek) => _hasBase && Math.Abs(OffsetOf(sequenceNumber) - _next) > maxSeek;

    /// <summary>Takes the payload of a segment.</summary>
    /// <param name="sequenceNumber">Of the first payload byte.</param>
    /// <param name="data">What the capture holds of it.</param>
    /// <param name="wireLength">How long it was on the wire.</param>
    /// <param name="at">The packet.</param>
    public void OnSegment(uint sequenceNumber, ReadOnlySpan<byte> data, int wireLength, in PacketStamp at)
    {
        StartAt(sequenceNumber);
        long sentOffset = OffsetOf(sequenceNumber);
        long offset = sentOffset;
        if (session.KeepsEverything)
        {
            NoteSegment(sentOffset, data.Length, wireLength, at);
        }

        if (offset < _next)
        {
            long old = _next - offset;
            TakeOld(offset, data[..(int)Math.Min(old, data.Length)], at);
            if (old >= data.Length)
            {
                // Wholly old: a retransmission, a keep-alive, or bytes that fill a gap too late.
                return;
            }

            data = data[(int)old..];
            offset = _next;
        }

        if (data.IsEmpty)
        {
            return;
        }

        if (offset == _next && _pending is not { Count: > 0 })
        {
            _next += data.Length;
            Deliver(offset, data, at);
        }
        else
        {
            Hold(offset, data, sentOffset, sentOffset + wireLength, at);
        }

        if (_pending is { Count: > 0 })
        {
            Release(at);
            DeclareGapIfDue(at);
        }
    }

    /// <summary>A byte is urgent: it is no part of the stream.</summary>
    /// <param name="sequenceNumber">Of the segment that says so.</param>
    /// <param name="distance">How far behind the start of the segment the byte stands.</param>
    /// <param name="at">The packet.</param>
    public void OnUrgent(uint sequenceNumber, int distance, in PacketStamp at)
    {
        StartAt(sequenceNumber);
        long offset = OffsetOf(sequenceNumber) + distance;
        _urgent ??= [];
        int place = _urgent.BinarySearch(offset);
        if (offset >= _next && place < 0 && _urgent.Count < MaxUrgent)
        {
            _urgent.Insert(~place, offset);
            Tell(AnomalyKind.TcpUrgent, string.Create(CultureInfo.InvariantCulture, $"byte {offset} is urgent and not read as part of the stream"), at);
        }
    }

    /// <summary>Tells something odd of the direction, the first few times.</summary>
    public void Tell(AnomalyKind kind, string detail, in PacketStamp at)
    {
        if (_anomalies++ < MaxAnomalies)
        {
            session.DeliverAnomaly(direction, kind, detail, at);
        }
    }

    /// <summary>The direction's FIN stands behind the given number of payload bytes of its segment.</summary>
    public void OnFin(uint sequenceNumberBehindPayload, in PacketStamp at)
    {
        StartAt(sequenceNumberBehindPayload);
        long offset = OffsetOf(sequenceNumberBehindPayload);
        if (_fin < 0 && offset >= _next)
        {
            _fin = offset;
            EndIfFinished(at);
        }
    }

    /// <summary>The other side acknowledged all before a sequence number.</summary>
    public void OnAcknowledgment(uint acknowledgmentNumber, in PacketStamp at)
    {
        if (!_hasBase)
        {
            return;
        }

        long offset = OffsetOf(acknowledgmentNumber);
        if (offset > _acknowledged)
        {
            // Patience runs from the first acknowledgment of the missing bytes: in an exchange each next packet acknowledges more.
            bool isRunning = _pending is { Count: > 0 } && _acknowledged >= _pending.FirstOffset;
            _acknowledged = offset;
            _packetsSinceAcknowledged = isRunning ? _packetsSinceAcknowledged : 0;
            EndIfFinished(at);
        }
    }

    /// <summary>Nothing more will come: tells gaps, what waits behind them, and the end.</summary>
    public void Close(in PacketStamp at)
    {
        while (_pending is { Count: > 0 })
        {
            DeclareGap(at);
        }

        End(at);
    }

    /// <summary>Gives buffers back without delivering them.</summary>
    public void Drop()
    {
        if (_pending is not null)
        {
            session.Budget.Held -= _pending.Bytes;
            _pending.Clear();
        }

        if (_tail is not null)
        {
            session.Tails.Held -= DeliveredTail.Capacity;
            _tail.Return();
            _tail = null;
        }
    }

    private long OffsetOf(uint sequenceNumber) => _next + (int)(sequenceNumber - unchecked(_base + (uint)_next));

    private void Hold(long offset, ReadOnlySpan<byte> data, long sentOffset, long sentEnd, in PacketStamp at)
    {
        _pending ??= new PendingSegments();
        int before = _pending.Bytes;
        int conflicts = _pending.Add(offset, data, sentOffset, sentEnd, session.Options.Overlap);
        if (conflicts > 0)
        {
            session.Counters.ConflictBytes += conflicts;
            session.DeliverConflict(direction, conflicts, at);
            Tell(AnomalyKind.TcpOverlapConflict, _pending.LastConflict.ToString(), at);
        }

        session.Budget.Held += _pending.Bytes - before;
        if (offset == _next)
        {
            return;
        }

        while (_pending.Count > 0
            && (_pending.Bytes > session.Options.ReorderBytes || _pending.Count > PendingSegments.MaxPieces || !session.Budget.Fits(0)))
        {
            session.Counters.ReorderLimits++;
            DeclareGap(at);
        }
    }

    private void DeclareGapIfDue(in PacketStamp at)
    {
        if (_pending is { Count: > 0 } && _acknowledged >= _pending.FirstOffset && ++_packetsSinceAcknowledged >= GapPatience)
        {
            _packetsSinceAcknowledged = 0;
            DeclareGap(at);
        }
    }

    private void DeclareGap(in PacketStamp at)
    {
        long length = _pending!.FirstOffset - _next;
        if (length > 0)
        {
            session.Counters.Gaps++;
            session.Counters.GapBytes += length;
            _next = _pending.FirstOffset;
            session.DeliverGap(direction, length, at);
        }

        Release(at);
    }

    private void Release(in PacketStamp at)
    {
        while (_pending!.Count > 0 && _pending.FirstOffset <= _next)
        {
            PendingSegment piece = _pending.TakeFirst();
            session.Budget.Held -= piece.Length;
            _next = piece.End;
            Deliver(piece.Offset, piece.Bytes, at);
            ArrayPool<byte>.Shared.Return(piece.Buffer);
        }

        _pending.ForgetBefore(_next);
        EndIfFinished(at);
    }

    private void Deliver(long offset, ReadOnlySpan<byte> data, in PacketStamp at)
    {
        if (_tail is null && !session.KeepsEverything && session.Tails.Fits(DeliveredTail.Capacity))
        {
            session.Tails.Held += DeliveredTail.Capacity;
            _tail = new DeliveredTail();
        }

        _tail?.Add(offset, data);
        while (_urgent is { Count: > 0 } && _urgent[0] < offset + data.Length)
        {
            long urgent = _urgent[0];
            _urgent.RemoveAt(0);
            if (urgent < offset)
            {
                continue;
            }

            if (urgent > offset)
            {
                session.Deliver(direction, data[..(int)(urgent - offset)], at);
            }

            data = data[(int)(urgent + 1 - offset)..];
            offset = urgent + 1;
        }

        if (!data.IsEmpty)
        {
            session.Deliver(direction, data, at);
        }
    }

    private void NoteSegment(long offset, int capturedLength, int wireLength, in PacketStamp at)
    {
        long end = offset + wireLength;
        SegmentOrder order = offset >= _highest ? SegmentOrder.New : end <= _next && offset >= 0 ? SegmentOrder.Old : end > _highest ? SegmentOrder.New : SegmentOrder.Late;
        if (_isOriginKnown && offset < 0)
        {
            Tell(AnomalyKind.TcpBeforeIsn, string.Create(CultureInfo.InvariantCulture, $"a segment begins {-offset} bytes before the stream"), at);
            if (end <= 0)
            {
                return;
            }

            int before = (int)-offset;
            capturedLength = Math.Max(0, capturedLength - before);
            wireLength -= before;
            offset = 0;
        }

        _highest = Math.Max(_highest, end);
        session.DeliverSegment(direction, offset, capturedLength, wireLength, order, at);
    }

    private void TakeOld(long offset, ReadOnlySpan<byte> copy, in PacketStamp at)
    {
        if (!session.KeepsEverything)
        {
            CompareWithTail(offset, copy, at);
            return;
        }

        if (offset < 0 && _isOriginKnown)
        {
            copy = copy[(int)Math.Min(copy.Length, -offset)..];
            offset = 0;
        }

        if (!copy.IsEmpty)
        {
            session.DeliverOld(direction, offset, copy, at);
        }
    }

    private void CompareWithTail(long offset, ReadOnlySpan<byte> copy, in PacketStamp at)
    {
        // One byte just before the next is how a keep-alive asks (RFC 9293 section 3.8.4); what it holds means nothing.
        if (_tail is null || (copy.Length == 1 && offset == _next - 1))
        {
            return;
        }

        ReadOnlySpan<byte> told = _tail.Beneath(offset, copy, out ReadOnlySpan<byte> same, out long from);
        if (!told.SequenceEqual(same))
        {
            session.Counters.ConflictBytes += PendingSegments.CountDifferences(told, same);
            Tell(AnomalyKind.TcpOverlapConflict, SegmentConflict.Of(from, told, same).ToString(), at);
        }
    }

    private void EndIfFinished(in PacketStamp at)
    {
        // A FIN that the peer never acknowledges may be forged (outside its window, refused by PAWS): then only closing ends.
        if (_fin >= 0 && _next >= _fin && _acknowledged > _fin)
        {
            End(at);
        }
    }

    private void End(in PacketStamp at)
    {
        if (!IsEnded)
        {
            IsEnded = true;
            session.DeliverEnd(direction, at);
        }
    }
}
