namespace Vittne.Protocols.Patterns;

/// <summary>A node of a parsed pattern. Widths are in characters, as the rule for look-behind counts them.</summary>
internal sealed class PatternNode
{
    /// <summary>Stands for "as often as there is text" in <see cref="Maximum"/> and <see cref="MaxWidth"/>.</summary>
    public const int Unbounded = int.MaxValue;

    private static readonly PatternNode[] Exact = MakeAscii(ignoreCase: false);
    private static readonly PatternNode[] Folded = MakeAscii(ignoreCase: true);

    private PatternNode(PatternNodeKind kind, int minWidth, int maxWidth)
    {
        Kind = kind;
        MinWidth = minWidth;
        MaxWidth = maxWidth;
    }

    /// <summary>The empty text.</summary>
    public static PatternNode Empty { get; } = new(PatternNodeKind.Empty, 0, 0);

    public PatternNodeKind Kind { get; }

    /// <summary>Shortest text that matches; never more than <see cref="Unbounded"/>.</summary>
    public int MinWidth { get; }

    /// <summary>Longest text that matches, <see cref="Unbounded"/> when there is no limit.</summary>
    public int MaxWidth { get; }

    /// <summary>The parts of a sequence, an alternation, a repeat, a capture, a look or an atomic group.</summary>
    public IReadOnlyList<PatternNode> Parts
    {
        get;
        private init
        {
            field = value;
            foreach (PatternNode part in value)
            {
                NeedsBacktracking |= part.NeedsBacktracking;
            }
        }
    } = [];

    /// <summary>True when some part of it is beyond what an automaton can do.</summary>
    public bool NeedsBacktracking { get; private init; }

    /// <summary>Number of a capture, or of the one that a back-reference names; from 1.</summary>
    public int Group { get; private init; }

    /// <summary>True when a back-reference takes ASCII letters of the other case.</summary>
    public bool IgnoresCase { get; private init; }

    /// <summary>True when a look is at what stands before the position.</summary>
    public bool IsBehind { get; private init; }

    /// <summary>True when a look must not find its part.</summary>
    public bool IsNegated { get; private init; }

    /// <summary>The bytes of <see cref="PatternNodeKind.Set"/>.</summary>
    public ByteSet Set { get; private init; }

    /// <summary>True when it can match at the start of the text only.</summary>
    public bool IsAnchored => Kind switch
    {
        PatternNodeKind.Assertion => Assertion == PatternAssertion.TextStart,
        PatternNodeKind.Sequence or PatternNodeKind.Capture or PatternNodeKind.Atomic => Parts.Count > 0 && Parts[0].IsAnchored,
        PatternNodeKind.Alternation => Parts.All(static part => part.IsAnchored),
        PatternNodeKind.Repeat => Minimum > 0 && Parts[0].IsAnchored,
        _ => false,
    };

    /// <summary>The condition of <see cref="PatternNodeKind.Assertion"/>.</summary>
    public PatternAssertion Assertion { get; private init; }

    /// <summary>Least count of a repeat.</summary>
    public int Minimum { get; private init; }

    /// <summary>Greatest count of a repeat.</summary>
    public int Maximum { get; private init; }

    /// <summary>True when a repeat prefers fewer.</summary>
    public bool IsLazy { get; private init; }

    public static PatternNode OfSet(ByteSet set) => new(PatternNodeKind.Set, 1, 1) { Set = set };

    /// <summary>One ASCII character. Lists consist of little else, so these nodes are made once.</summary>
    public static PatternNode OfAscii(int value, bool ignoreCase) => (ignoreCase ? Folded : Exact)[value];

    public static PatternNode OfAssertion(PatternAssertion assertion) =>
        new(PatternNodeKind.Assertion, 0, 0) { Assertion = assertion };

    public static PatternNode Opaque(int minWidth, int maxWidth) => new(PatternNodeKind.Opaque, minWidth, maxWidth);

    /// <summary>A character beyond ASCII: one character wide, though its UTF-8 form has several bytes.</summary>
    public static PatternNode OfBytes(ReadOnlySpan<byte> bytes)
    {
        List<PatternNode> parts = [];
        foreach (byte value in bytes)
        {
            parts.Add(OfSet(default(ByteSet).With(value)));
        }

        return new PatternNode(PatternNodeKind.Sequence, 1, 1) { Parts = parts };
    }

    public static PatternNode OfSequence(List<PatternNode> parts)
    {
        if (parts.Count < 2)
        {
            return parts.Count == 0 ? Empty : parts[0];
        }

        long least = 0;
        long most = 0;
        foreach (PatternNode part in parts)
        {
            least = Math.Min(least + part.MinWidth, Unbounded);
            most = Math.Min(most + part.MaxWidth, Unbounded);
        }

        return new PatternNode(PatternNodeKind.Sequence, (int)least, (int)most) { Parts = parts };
    }

    public static PatternNode OfAlternation(List<PatternNode> parts)
    {
        if (parts.Count == 1)
        {
            return parts[0];
        }

        int least = Unbounded;
        int most = 0;
        foreach (PatternNode part in parts)
        {
            least = Math.Min(least, part.MinWidth);
            most = Math.Max(most, part.MaxWidth);
        }

        return new PatternNode(PatternNodeKind.Alternation, least, most) { Parts = parts };
    }

    public static PatternNode OfRepeat(PatternNode part, int minimum, int maximum, bool isLazy)
    {
        long least = Math.Min((long)part.MinWidth * minimum, Unbounded);
        long most = Math.Min((long)part.MaxWidth * maximum, Unbounded);
        return new PatternNode(PatternNodeKind.Repeat, (int)least, (int)most)
        {
            Parts = [part],
            Minimum = minimum,
            Maximum = maximum,
            IsLazy = isLazy,
        };
    }

    public static PatternNode OfCapture(PatternNode part, int group) => new(PatternNodeKind.Capture, part.MinWidth, part.MaxWidth) { Parts = [part], Group = group };

    public static PatternNode OfBackReference(int group, bool ignoresCase) =>
        new(PatternNodeKind.BackReference, 0, Unbounded) { Group = group, IgnoresCase = ignoresCase, NeedsBacktracking = true };

    public static PatternNode OfLook(PatternNode part, bool isBehind, bool isNegated) =>
        new(PatternNodeKind.Look, 0, 0) { Parts = [part], IsBehind = isBehind, IsNegated = isNegated, NeedsBacktracking = true };

    public static PatternNode OfAtomic(PatternNode part) => new(PatternNodeKind.Atomic, part.MinWidth, part.MaxWidth) { Parts = [part], NeedsBacktracking = true };

    /// <summary>The same with a zero byte behind each byte, as UTF-16 in little-endian order has characters of one byte.</summary>
    public PatternNode Widen()
    {
        if (Kind == PatternNodeKind.Set)
        {
            return OfSequence([this, OfAscii(0, ignoreCase: false)]);
        }

        List<PatternNode> parts = [];
        foreach (PatternNode part in Parts)
        {
            parts.Add(part.Widen());
        }

        return Kind switch
        {
            PatternNodeKind.Sequence => OfSequence(parts),
            PatternNodeKind.Alternation => OfAlternation(parts),
            PatternNodeKind.Repeat => OfRepeat(parts[0], Minimum, Maximum, IsLazy),
            PatternNodeKind.Capture => OfCapture(parts[0], Group),
            PatternNodeKind.Look => OfLook(parts[0], IsBehind, IsNegated),
            PatternNodeKind.Atomic => OfAtomic(parts[0]),
            _ => this,
        };
    }

    private static PatternNode[] MakeAscii(bool ignoreCase)
    {
        PatternNode[] nodes = new PatternNode[128];
        for (int value = 0; value < nodes.Length; value++)
        {
            ByteSet set = default(ByteSet).With(value);
            nodes[value] = OfSet(ignoreCase ? set.FoldCase() : set);
        }

        return nodes;
    }
}
