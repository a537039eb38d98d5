using Vittne.Protocols.Patterns.Literals;

namespace Vittne.Protocols.Patterns;

/// <summary>
/// Patterns searched for in one pass: those that are plain text go into one automaton, however many they are; the others are searched for one
/// after the other. Safe from several threads.
/// </summary>
public sealed class BytePatternList
{
    /// <summary>Plain texts from which on one automaton is faster than a scan for each.</summary>
    private const int MinLiterals = 4;

    private readonly BytePattern[] _patterns;
    private readonly int[] _numbers;
    private readonly LiteralAutomaton? _literals;

    /// <param name="patterns">The patterns in order of preference; one or more.</param>
    public BytePatternList(IReadOnlyList<BytePattern> patterns)
    {
        IsAnchored = true;
        List<(byte[] Literal, int Number)> literals = [];
        for (int i = 0; i < patterns.Count; i++)
        {
            if (patterns[i].Literal is { Length: > 0 } literal)
            {
                literals.Add((literal, i));
            }
        }

        if (literals.Count >= MinLiterals)
        {
            _literals = LiteralAutomaton.TryBuild(literals);
        }

        List<int> others = [];
        for (int i = 0; i < patterns.Count; i++)
        {
            MaxLength = Math.Max(MaxLength, patterns[i].MaxLength);
            IsAnchored &= patterns[i].IsAnchored;
            if (_literals is null || patterns[i].Literal is not { Length: > 0 })
            {
                others.Add(i);
            }
        }

        _numbers = [.. others];
        _patterns = [.. others.Select(number => patterns[number])];

        Count = patterns.Count;
    }

    /// <summary>How many patterns there are.</summary>
    public int Count { get; }

    /// <summary>Most bytes of a match; <see cref="int.MaxValue"/> when there is no limit.</summary>
    public int MaxLength { get; }

    /// <summary>True when a match can begin at the start of the text only.</summary>
    public bool IsAnchored { get; }

    /// <summary>Searches that were given up at the limit of their steps and counted as without a match.</summary>
    public long StepLimits
    {
        get
        {
            long limits = 0;
            foreach (BytePattern pattern in _patterns)
            {
                limits += pattern.StepLimits;
            }

            return limits;
        }
    }

    /// <summary>True when one of the patterns has a match in the text.</summary>
    public bool IsMatch(ReadOnlySpan<byte> text)
    {
        bool isMatch = _literals is not null && _literals.IsMatch(text);
        for (int i = 0; i < _patterns.Length && !isMatch; i++)
        {
            isMatch = _patterns[i].IsMatch(text);
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
        (pattern, start, length) = (-1, 0, 0);
        bool isFound = _literals is not null && _literals.TryFind(text, out pattern, out start, out length);
        for (int i = 0; i < _patterns.Length; i++)
        {
            if (_patterns[i].TryFind(text, out int otherStart, out int otherLength)
                && (!isFound || otherStart < start || (otherStart == start && _numbers[i] < pattern)))
            {
                (isFound, pattern, start, length) = (true, _numbers[i], otherStart, otherLength);
            }
        }

        return isFound;
    }
}
