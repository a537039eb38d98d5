namespace Vittne.Engine.Streams;

/// <summary>Ranges of stream offsets that are missing, in order and apart.</summary>
internal sealed class GapList
{
    /// <summary>More holes than this in one direction are remembered no further: those behind them stay as they are told.</summary>
    private const int MaxGaps = 1 << 16;

    private static readonly List<(long Start, long End)> None = [];

    private List<(long Start, long End)> _gaps = None;

    /// <summary>The ranges.</summary>
    public IReadOnlyList<(long Start, long End)> Ranges => _gaps;

    /// <summary>Missing bytes in all.</summary>
    public long Bytes { get; private set; }

    /// <summary>True when there were too many to remember.</summary>
    public bool IsIncomplete { get; private set; }

    /// <summary>A range behind all others is missing.</summary>
    public void AddLast(long start, long end)
    {
        Bytes += end - start;
        if (_gaps.Count > 0 && _gaps[^1].End == start)
        {
            _gaps[^1] = (_gaps[^1].Start, end);
        }
        else if (_gaps.Count == MaxGaps)
        {
            IsIncomplete = true;
        }
        else
        {
            Own();
            _gaps.Add((start, end));
        }
    }

    /// <summary>A range before all others is missing.</summary>
    public void AddFirst(long start, long end)
    {
        Bytes += end - start;
        if (_gaps.Count > 0 && _gaps[0].Start == end)
        {
            _gaps[0] = (start, _gaps[0].End);
        }
        else if (_gaps.Count == MaxGaps)
        {
            IsIncomplete = true;
        }
        else
        {
            Own();
            _gaps.Insert(0, (start, end));
        }
    }

    /// <summary>The first part of a range that is wholly missing or wholly there.</summary>
    /// <param name="start">Where the range begins.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="partEnd">Where the part ends.</param>
    /// <returns>True when the part is missing.</returns>
    public bool IsMissing(long start, long end, out long partEnd)
    {
        int index = FirstEndingAfter(start);
        if (index == _gaps.Count || _gaps[index].Start >= end)
        {
            partEnd = end;
            return false;
        }

        bool isMissing = _gaps[index].Start <= start;
        partEnd = Math.Min(end, isMissing ? _gaps[index].End : _gaps[index].Start);
        return isMissing;
    }

    /// <summary>A range that <see cref="IsMissing"/> told is there now.</summary>
    public void Fill(long start, long end)
    {
        int index = FirstEndingAfter(start);
        (long gapStart, long gapEnd) = _gaps[index];
        Bytes -= end - start;
        if (gapStart < start && gapEnd > end)
        {
            _gaps[index] = (gapStart, start);
            _gaps.Insert(index + 1, (end, gapEnd));
        }
        else if (gapStart < start)
        {
            _gaps[index] = (gapStart, start);
        }
        else if (gapEnd > end)
        {
            _gaps[index] = (end, gapEnd);
        }
        else
        {
            _gaps.RemoveAt(index);
        }
    }

    // Most streams have none: they share an empty list.
    private void Own() => _gaps = ReferenceEquals(_gaps, None) ? [] : _gaps;

    private int FirstEndingAfter(long offset)
    {
        int low = 0, high = _gaps.Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_gaps[middle].End <= offset)
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
}
