namespace Vittne.Protocols.Patterns.Prefilter;

/// <summary>
/// What each match of a pattern has in it: at least one of a few sequences of sets. A text without any of them need not be searched. Where the
/// sequences are all that the pattern can match, finding one is finding a match.
/// </summary>
internal sealed class Factors
{
    /// <summary>Sequences; with more a scan would find too much.</summary>
    private const int MaxSequences = 32;

    private const int MaxLength = 64;

    private Factors(SetSequence[] sequences, bool isWhole)
    {
        Sequences = sequences;
        IsWhole = isWhole;
    }

    /// <summary>The sequences; each has at least one set.</summary>
    public SetSequence[] Sequences { get; }

    /// <summary>True when each of the sequences is a match by itself.</summary>
    public bool IsWhole { get; }

    /// <summary>The best factors of a pattern; null when it has none that would leave anything out.</summary>
    public static Factors? Of(PatternNode root)
    {
        Part part = Analyze(root);
        if (part.All is { } all && CostOf(all) < float.MaxValue && (part.IsExact || part.Best is null || CostOf(all) <= CostOf(part.Best)))
        {
            return new Factors(all, part.IsExact);
        }

        return part.Best is null ? null : new Factors(part.Best, isWhole: false);
    }

    /// <summary>How often one of the sequences begins at a byte of traffic, as far as a scan tells; the larger the worse.</summary>
    private static float CostOf(SetSequence[] sequences)
    {
        float cost = 0;
        foreach (SetSequence sequence in sequences)
        {
            if (sequence.Length == 0)
            {
                return float.MaxValue;
            }

            float share = 1;
            for (int i = 0; i < sequence.Length; i++)
            {
                share *= ByteFrequencies.Of(sequence[i]);
            }

            cost += share;
        }

        return sequences.Length == 0 || cost > 0.9f ? float.MaxValue : cost;
    }

    private static SetSequence[]? Better(SetSequence[]? left, SetSequence[]? right)
    {
        if (left is null || right is null)
        {
            SetSequence[]? only = left ?? right;
            return only is not null && CostOf(only) < float.MaxValue ? only : null;
        }

        float leftCost = CostOf(left);
        float rightCost = CostOf(right);
        return Math.Min(leftCost, rightCost) == float.MaxValue ? null : leftCost <= rightCost ? left : right;
    }

    private static Part Analyze(PatternNode node) => node.Kind switch
    {
        PatternNodeKind.Empty => Part.Nothing,
        PatternNodeKind.Set => new Part([new SetSequence([node.Set])], IsExact: true, null),
        PatternNodeKind.Sequence => OfSequence(node.Parts),
        PatternNodeKind.Alternation => OfAlternation(node.Parts),
        PatternNodeKind.Repeat => OfRepeat(node),
        PatternNodeKind.Capture => Analyze(node.Parts[0]),
        PatternNodeKind.Atomic => Analyze(node.Parts[0]) with { IsExact = false },

        // These take nothing, so what stands on both sides of them is adjacent.
        PatternNodeKind.Assertion or PatternNodeKind.Look => Part.Nothing with { IsExact = false },
        _ => Part.Unknown,
    };

    private static Part OfSequence(IReadOnlyList<PatternNode> nodes)
    {
        Part run = Part.Nothing;
        SetSequence[]? best = null;
        bool isBroken = false;
        foreach (PatternNode node in nodes)
        {
            Part next = Analyze(node);
            SetSequence[]? joined = Cross(run.All!, next.All);
            best = Better(best, next.Best);
            if (joined is null)
            {
                best = Better(best, run.All);
                isBroken = true;
                run = new Part(next.All ?? [SetSequence.Empty], IsExact: false, null);
            }
            else
            {
                run = new Part(joined, run.IsExact && next.IsExact, null);
            }
        }

        return isBroken ? new Part(null, IsExact: false, Better(best, run.All)) : run with { Best = best };
    }

    private static Part OfAlternation(IReadOnlyList<PatternNode> nodes)
    {
        List<SetSequence>? all = [];
        List<SetSequence>? best = [];
        bool isExact = true;
        foreach (PatternNode node in nodes)
        {
            Part next = Analyze(node);
            isExact &= next.IsExact;
            all = Join(all, next.All);
            best = Join(best, Better(next.All, next.Best));
        }

        return new Part(all?.ToArray(), isExact, best is null ? null : Better([.. best], null));
    }

    private static List<SetSequence>? Join(List<SetSequence>? list, SetSequence[]? more)
    {
        if (list is null || more is null || list.Count + more.Length > MaxSequences)
        {
            return null;
        }

        list.AddRange(more);
        return list;
    }

    private static Part OfRepeat(PatternNode node)
    {
        Part part = Analyze(node.Parts[0]);
        int copies = Math.Min(node.Minimum, MaxLength);
        SetSequence[]? written = [SetSequence.Empty];
        int count = 0;
        for (; count < copies && Cross(written!, part.All) is { } longer; count++)
        {
            written = longer;
        }

        bool isWhole = count == node.Minimum && part.All is not null;
        if (isWhole && node.Maximum == node.Minimum)
        {
            return part with { All = written };
        }

        // A part that may be missing is written out as both; longer choices are not worth it.
        if (isWhole && node.Maximum - node.Minimum == 1 && Cross(written, part.All) is { } full && full.Length + written.Length <= MaxSequences)
        {
            return new Part([.. full, .. written], part.IsExact, null);
        }

        return node.Minimum == 0 ? Part.Unknown : new Part(null, IsExact: false, Better(count > 0 ? written : null, part.Best));
    }

    private static SetSequence[]? Cross(SetSequence[] left, SetSequence[]? right)
    {
        if (right is null || left.Length * right.Length > MaxSequences)
        {
            return null;
        }

        var joined = new SetSequence[left.Length * right.Length];
        for (int i = 0; i < left.Length; i++)
        {
            for (int j = 0; j < right.Length; j++)
            {
                SetSequence both = left[i].Append(right[j]);
                if (both.Length > MaxLength)
                {
                    return null;
                }

                joined[(i * right.Length) + j] = both;
            }
        }

        return joined;
    }

    /// <summary>What is known of a part of a pattern.</summary>
    /// <param name="All">Sequences that include everything it takes; null when that is too much.</param>
    /// <param name="IsExact">True when it takes each of them.</param>
    /// <param name="Best">Sequences of which each text of it has one; null for none.</param>
    private sealed record Part(SetSequence[]? All, bool IsExact, SetSequence[]? Best)
    {
        /// <summary>The empty text.</summary>
        public static Part Nothing { get; } = new([SetSequence.Empty], IsExact: true, null);

        /// <summary>Anything.</summary>
        public static Part Unknown { get; } = new(null, IsExact: false, null);
    }
}
