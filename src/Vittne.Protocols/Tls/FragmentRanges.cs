namespace Vittne.Protocols.Tls;

/// <summary>
/// Which bytes of a buffer are filled. Pieces come in any order and may overlap: the first content of a byte stays. Used for DTLS
/// fragments and QUIC CRYPTO frames.
/// </summary>
internal sealed class FragmentRanges
{
    // Honest senders make few holes; without a bound one-byte pieces at every second place would cost quadratic time.
    private const int MaxRanges = 64;

    private readonly List<(int Start, int End)> _ranges = [];

    /// <summary>Bytes that are there from the start on without a hole.</summary>
    public int ContiguousLength => _ranges.Count > 0 && _ranges[0].Start == 0 ? _ranges[0].End : 0;

    /// <summary>Copies the parts of a piece that are not there yet.</summary>
    /// <param name="target">The buffer.</param>
    /// <param name="start">Where the piece begins; it lies wholly in the buffer.</param>
    /// <param name="piece">The bytes.</param>
    /// <returns>False when there are too many holes: the piece is dropped.</returns>
    public bool Add(Span<byte> target, int start, ReadOnlySpan<byte> piece)
    {
        int end = start + piece.Length;
        if (piece.IsEmpty)
        {
            return true;
        }

        int index = 0;
        while (index < _ranges.Count && _ranges[index].End < start)
        {
            index++;
        }

        if (_ranges.Count >= MaxRanges && (index == _ranges.Count || _ranges[index].Start > end))
        {
            return false;
        }

        (int mergedStart, int mergedEnd) = (start, end);
        int from = start;
        while (index < _ranges.Count && _ranges[index].Start <= end)
        {
            (int rangeStart, int rangeEnd) = _ranges[index];
            Copy(target, start, piece, from, rangeStart);
            from = Math.Max(from, rangeEnd);
            mergedStart = Math.Min(mergedStart, rangeStart);
            mergedEnd = Math.Max(mergedEnd, rangeEnd);
            _ranges.RemoveAt(index);
        }

        Copy(target, start, piece, from, end);
        _ranges.Insert(index, (mergedStart, mergedEnd));
        return true;
    }

    private static void Copy(Span<byte> target, int start, ReadOnlySpan<byte> piece, int from, int to)
    {
        if (to > from)
        {
            piece[(from - start)..(to - start)].CopyTo(target[from..]);
        }
    }
}
