namespace Vittne.Capture.Filters.Compile;

/// <summary>
/// The 16 words of memory of libpcap's programs, handed out in its order. Arithmetic that stands before the first use of a place that is
/// kept in such a word may be given the same word, and then overwrites it: packets that were filtered by libpcap were filtered so.
/// </summary>
internal sealed class ScratchWords
{
    private const int Count = 16;

    private readonly bool[] _isUsed = new bool[Count];
    private int _current;

    /// <summary>A free word; -1 when none is.</summary>
    public int Take()
    {
        for (int tries = 0; tries < Count; tries++)
        {
            if (!_isUsed[_current])
            {
                _isUsed[_current] = true;
                return _current;
            }

            _current = (_current + 1) % Count;
        }

        return -1;
    }

    /// <summary>Gives a word back.</summary>
    public void Return(int word)
    {
        if (word >= 0)
        {
            _isUsed[word] = false;
        }
    }
}
