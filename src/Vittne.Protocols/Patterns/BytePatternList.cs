namespace Vittne.Protocols.Patterns;

/// <summary>Patterns searched for in one go. Safe from several threads.</summary>
/// <param name="patterns">The patterns; one or more.</param>
public sealed class BytePatternList(IReadOnlyList<BytePattern> patterns)
{
    private readonly BytePattern _first = patterns[0];
    private readonly BytePattern[] _others = [.. patterns.Skip(1)];

    /// <summary>How many patterns there are.</summary>
    public int Count => 1 + _others.Length;

    /// <summary>Searches that were given up at the limit of their steps and counted as without a match.</summary>
    public long StepLimits
    {
        get
        {
            long limits = _first.StepLimits;
            foreach (BytePattern pattern in _others)
            {
                limits += pattern.StepLimits;
            }

            return limits;
        }
    }

    /// <summary>True when one of the patterns has a match in the text.</summary>
    public bool IsMatch(ReadOnlySpan<byte> text)
    {
        bool isMatch = _first.IsMatch(text);
        for (int i = 0; i < _others.Length && !isMatch; i++)
        {
            isMatch = _others[i].IsMatch(text);
        }

        return isMatch;
    }

    /// <summary>Finds the leftmost match, of equals that of the first pattern.</summary>
    /// <param name="text">Any bytes.</param>
    /// <param name="pattern">Which pattern, from 0.</param>
    /// <param name="start">First byte of the match.</param>
    /// <param name="length">Bytes of the match.</param>
    public bool TryFind(ReadOnlySpan<byte> text, out int pattern, out int start, out int length)
    {
        bool isFound = _first.TryFind(text, out start, out length);
        pattern = 0;
        for (int i = 0; i < _others.Length; i++)
        {
            if (_others[i].TryFind(text, out int otherStart, out int otherLength) && (!isFound || otherStart < start))
            {
                (isFound, pattern, start, length) = (true, i + 1, otherStart, otherLength);
            }
        }

        return isFound;
    }
}
