namespace Vittne.Protocols.Sessions;

/// <summary>
/// Puts the numbered pieces of one direction of a stream in order. Pieces that came too early wait; when too much waits, or nothing more will
/// come, the missing ones are given up.
/// </summary>
internal sealed class NumberedPieces
{
    // Senders of such streams have fewer pieces under way: what is missing behind so many was not captured.
    private const int MaxWaiting = 16;
    private const int MaxWaitingBytes = 64 << 10;

    private readonly List<(long Number, byte[] Piece)> _waiting = [];
    private int _waitingBytes;

    /// <summary>Number of the piece that comes next; null while the beginning is not known.</summary>
    public long? Next { get; private set; }

    /// <summary>The next piece has this number; earlier ones are old.</summary>
    public void Begin(long number)
    {
        Next = number;
        while (_waiting.Count > 0 && _waiting[0].Number < number)
        {
            Remove();
        }
    }

    /// <summary>Counts a piece that is the next one.</summary>
    /// <returns>False when it is not.</returns>
    public bool TryAdvance(long number)
    {
        if (Next != number)
        {
            return false;
        }

        Begin(number + 1);
        return true;
    }

    /// <summary>Keeps a piece that is not the next one; old ones and those that wait already are dropped.</summary>
    public void Keep(long number, ReadOnlySpan<byte> piece)
    {
        int index = _waiting.Count;
        while (index > 0 && _waiting[index - 1].Number >= number)
        {
            index--;
        }

        bool isThere = index < _waiting.Count && _waiting[index].Number == number;
        if (!(number < Next) && !isThere)
        {
            _waiting.Insert(index, (number, piece.ToArray()));
            _waitingBytes += piece.Length;
        }
    }

    /// <summary>Takes the piece that waits and may be read now.</summary>
    /// <param name="isLast">True when nothing more will come: all are taken, whatever is missing.</param>
    /// <param name="piece">The piece.</param>
    /// <param name="isBehindGap">Whether pieces before it are missing.</param>
    public bool TryTake(bool isLast, out byte[] piece, out bool isBehindGap)
    {
        piece = [];
        isBehindGap = false;
        if (_waiting.Count == 0)
        {
            return false;
        }

        (long number, piece) = _waiting[0];
        isBehindGap = number != Next;
        if (isBehindGap && !isLast && _waiting.Count <= MaxWaiting && _waitingBytes <= MaxWaitingBytes)
        {
            return false;
        }

        Begin(number + 1);
        return true;
    }

    /// <summary>No piece is wanted any more.</summary>
    public void Close() => Begin(long.MaxValue);

    private void Remove()
    {
        _waitingBytes -= _waiting[0].Piece.Length;
        _waiting.RemoveAt(0);
    }
}
