using System.Buffers;

namespace Vittne.Flows.Reassembly;

/// <summary>
/// The bytes of one direction that wait behind a gap: disjoint pieces in stream order, and the bounds of the segments that brought
/// them, since overlap policies compare bounds as sent (spec: reassembly policies of target hosts, Novak and Sturges 2007).
/// </summary>
internal sealed class PendingSegments
{
    /// <summary>More pieces than this in one direction are no reordering any more: inserting one moves all behind it.</summary>
    public const int MaxPieces = 4096;

    // Hostile senders could make every segment overlap all others; beyond this many the stored copies win unasked.
    private const int MaxExtentsCompared = 64;

    private readonly List<PendingSegment> _pieces = [];
    private readonly List<(long Start, long End)> _sent = [];

    /// <summary>Bytes that wait.</summary>
    public int Bytes { get; private set; }

    /// <summary>Number of pieces.</summary>
    public int Count => _pieces.Count;

    /// <summary>The first difference that the last call of <see cref="Add"/> met, when it met one.</summary>
    public SegmentConflict LastConflict { get; private set; }

    /// <summary>Stream offset of the first piece. Only when there is one.</summary>
    public long FirstOffset => _pieces[0].Offset;

    /// <summary>Adds the bytes of a segment, all of them behind what was delivered.</summary>
    /// <returns>How many of them had another content than the copy that waits already.</returns>
    public int Add(long offset, ReadOnlySpan<byte> data, long sentOffset, long sentEnd, OverlapPolicy policy)
    {
        long end = offset + data.Length;
        int at = FirstEndingAfter(offset);
        int conflicts = 0;
        if (at == _pieces.Count || _pieces[at].Offset >= end)
        {
            Insert(at, offset, data, sentOffset, sentEnd);
        }
        else
        {
            conflicts = Merge(offset, data, sentOffset, sentEnd, policy);
        }

        _sent.Add((sentOffset, sentEnd));
        return conflicts;
    }

    /// <summary>Takes the first piece out. The caller returns its buffer to the pool after use.</summary>
    public PendingSegment TakeFirst()
    {
        PendingSegment first = _pieces[0];
        _pieces.RemoveAt(0);
        Bytes -= first.Length;
        return first;
    }

    /// <summary>Forgets bounds of segments that lie wholly before an offset.</summary>
    public void ForgetBefore(long offset)
    {
        if (_pieces.Count == 0)
        {
            _sent.Clear();
        }
        else if (_sent.Count > 16)
        {
            _sent.RemoveAll(sent => sent.End <= offset);
        }
    }

    /// <summary>Gives all buffers back.</summary>
    public void Clear()
    {
        foreach (PendingSegment piece in _pieces)
        {
            ArrayPool<byte>.Shared.Return(piece.Buffer);
        }

        _pieces.Clear();
        _sent.Clear();
        Bytes = 0;
    }

    private int FirstEndingAfter(long offset)
    {
        int low = 0, high = _pieces.Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_pieces[middle].End <= offset)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private void Insert(int index, long offset, ReadOnlySpan<byte> data, long sentOffset, long sentEnd)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(data.Length);
        data.CopyTo(buffer);
        _pieces.Insert(index, new PendingSegment(offset, data.Length, buffer, 0, sentOffset, sentEnd));
        Bytes += data.Length;
    }

    private int Merge(long offset, ReadOnlySpan<byte> data, long sentOffset, long sentEnd, OverlapPolicy policy)
    {
        long end = offset + data.Length;
        var overlapping = new List<(long Start, long End)>();
        foreach ((long Start, long End) sent in _sent)
        {
            if (sent.Start < end && sent.End > offset)
            {
                overlapping.Add(sent);
            }
        }

        bool storedWins = policy == OverlapPolicy.First || overlapping.Count > MaxExtentsCompared;
        int conflicts = 0;
        long position = offset;
        while (position < end)
        {
            int index = FirstEndingAfter(position);
            PendingSegment? holder = index < _pieces.Count ? _pieces[index] : null;
            if (holder is null || holder.Value.Offset > position)
            {
                // A hole up to the next piece: nobody else has these bytes.
                long holeEnd = holder is null ? end : Math.Min(end, holder.Value.Offset);
                Insert(index, position, data[(int)(position - offset)..(int)(holeEnd - offset)], sentOffset, sentEnd);
                position = holeEnd;
                continue;
            }

            long stepEnd = Math.Min(end, holder.Value.End);
            foreach ((long start, long sentStop) in storedWins ? [] : overlapping)
            {
                stepEnd = start > position ? Math.Min(stepEnd, start) : stepEnd;
                stepEnd = sentStop > position ? Math.Min(stepEnd, sentStop) : stepEnd;
            }

            ReadOnlySpan<byte> mine = data[(int)(position - offset)..(int)(stepEnd - offset)];
            ReadOnlySpan<byte> stored = holder.Value.Bytes.Slice((int)(position - holder.Value.Offset), mine.Length);
            if (!mine.SequenceEqual(stored))
            {
                LastConflict = conflicts == 0 ? SegmentConflict.Of(position, stored, mine) : LastConflict;
                conflicts += CountDifferences(mine, stored);
                if (!storedWins && WinsAll(overlapping, position, sentOffset, sentEnd, policy))
                {
                    // Pieces own their buffers, so the winner's bytes can be written over the loser's.
                    mine.CopyTo(holder.Value.Buffer.AsSpan(holder.Value.Start + (int)(position - holder.Value.Offset)));
                }
            }

            position = stepEnd;
        }

        return conflicts;
    }

    private static bool WinsAll(List<(long Start, long End)> stored, long position, long newStart, long newEnd, OverlapPolicy policy)
    {
        foreach ((long start, long end) in stored)
        {
            if (start <= position && end > position && !Wins(policy, newStart, newEnd, start, end))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Wins(OverlapPolicy policy, long newStart, long newEnd, long start, long end) => policy switch
    {
        OverlapPolicy.Last => true,
        OverlapPolicy.Bsd => newStart < start,
        OverlapPolicy.Linux => newStart < start || (newStart == start && newEnd > end),
        OverlapPolicy.OldLinux => newStart < start || (newStart == start && newEnd >= end),
        OverlapPolicy.Solaris => newStart <= start ? newEnd >= end : newEnd > end,
        _ => false,
    };

    /// <summary>How many bytes of two copies differ.</summary>
    public static int CountDifferences(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        int count = 0;
        for (int i = 0; i < left.Length; i++)
        {
            count += left[i] == right[i] ? 0 : 1;
        }

        return count;
    }
}
