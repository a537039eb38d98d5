namespace Vittne.Protocols.Patterns;

/// <summary>Writes parsed patterns as instructions, one after the other, within a bound on all of them together.</summary>
internal sealed class PatternCompiler
{
    /// <summary>Instructions of all patterns together, 400 KB: <c>(.{1000}){1000}</c> must not take the memory.</summary>
    public const int MaxStates = 100_000;

    /// <summary>Different sets of bytes, 32 bytes each.</summary>
    private const int MaxSets = 4_096;

    private readonly List<int> _code = [];
    private readonly List<ByteSet> _sets = [];
    private readonly Dictionary<ByteSet, int> _setNumbers = [];
    private readonly List<int> _starts = [];

    /// <summary>Adds a pattern; false, with nothing added, when it does not fit.</summary>
    /// <param name="root">A tree without opaque parts.</param>
    /// <param name="pattern">Number that a match is told with.</param>
    public bool TryAdd(PatternNode root, int pattern)
    {
        int start = _code.Count;
        if (Size(root) + 1 > MaxStates - start)
        {
            return false;
        }

        Emit(root);
        Add(PatternOperation.Match, pattern);
        if (_sets.Count > MaxSets)
        {
            foreach (ByteSet set in _sets.GetRange(MaxSets, _sets.Count - MaxSets))
            {
                _setNumbers.Remove(set);
            }

            _sets.RemoveRange(MaxSets, _sets.Count - MaxSets);
            _code.RemoveRange(start, _code.Count - start);
            return false;
        }

        _starts.Add(start);
        return true;
    }

    public PatternProgram ToProgram() => new([.. _code], [.. _sets], [.. _starts]);

    /// <summary>
    /// How many instructions <see cref="Emit"/> writes for the node; beyond <see cref="MaxStates"/> the number only says "too many".
    /// </summary>
    private static long Size(PatternNode node)
    {
        long size = 0;
        switch (node.Kind)
        {
            case PatternNodeKind.Set or PatternNodeKind.Assertion:
                return 1;
            case PatternNodeKind.Sequence or PatternNodeKind.Alternation:
                foreach (PatternNode child in node.Parts)
                {
                    size = Math.Min(size + Size(child), MaxStates + 1);
                }

                return node.Kind == PatternNodeKind.Sequence ? size : size + (2 * (node.Parts.Count - 1));
            case PatternNodeKind.Capture:
                return Size(node.Parts[0]);
            case PatternNodeKind.Repeat:
                long part = Size(node.Parts[0]);
                bool isUnbounded = node.Maximum == PatternNode.Unbounded;
                long copies = isUnbounded ? Math.Max(node.Minimum, 1) : node.Maximum;
                long splits = copies - Math.Min(node.Minimum, copies) + (isUnbounded ? 1 : 0);
                return part == 0 ? 0 : Math.Min((copies * part) + splits, MaxStates + 1);
            default:
                return 0;
        }
    }

    private void Emit(PatternNode node)
    {
        switch (node.Kind)
        {
            case PatternNodeKind.Set:
                Add(PatternOperation.Set, NumberOf(node.Set));
                break;
            case PatternNodeKind.Assertion:
                Add(PatternOperation.Assert, (int)node.Assertion);
                break;
            case PatternNodeKind.Sequence or PatternNodeKind.Capture:
                foreach (PatternNode part in node.Parts)
                {
                    Emit(part);
                }

                break;
            case PatternNodeKind.Alternation:
                EmitAlternation(node.Parts);
                break;
            case PatternNodeKind.Repeat:
                // An empty part repeats to nothing, and its count may be in the thousands of millions.
                if (Size(node.Parts[0]) > 0)
                {
                    EmitRepeat(node);
                }

                break;
        }
    }

    private void EmitAlternation(IReadOnlyList<PatternNode> branches)
    {
        List<int> jumps = [];
        for (int i = 0; i < branches.Count; i++)
        {
            bool isLast = i == branches.Count - 1;
            int split = _code.Count;
            if (!isLast)
            {
                Add(PatternOperation.Split, 0);
            }

            Emit(branches[i]);
            if (!isLast)
            {
                jumps.Add(_code.Count);
                Add(PatternOperation.Jump, 0);
                _code[split] = PatternProgram.Encode(PatternOperation.Split, _code.Count);
            }
        }

        foreach (int jump in jumps)
        {
            _code[jump] = PatternProgram.Encode(PatternOperation.Jump, _code.Count);
        }
    }

    private void EmitRepeat(PatternNode node)
    {
        PatternNode part = node.Parts[0];
        PatternOperation leave = node.IsLazy ? PatternOperation.SplitToTarget : PatternOperation.Split;
        List<int> exits = [];
        bool isUnbounded = node.Maximum == PatternNode.Unbounded;
        int copies = isUnbounded ? Math.Max(node.Minimum, 1) : node.Maximum;
        int last = _code.Count;
        for (int i = 0; i < copies; i++)
        {
            if (i >= node.Minimum)
            {
                exits.Add(_code.Count);
                Add(leave, 0);
            }

            last = _code.Count;
            Emit(part);
        }

        if (isUnbounded)
        {
            // x* is written (x+)?: only so does an empty turn of x end the loop with the preference that backtracking gives it.
            Add(node.IsLazy ? PatternOperation.Split : PatternOperation.SplitToTarget, last);
        }

        foreach (int exit in exits)
        {
            _code[exit] = PatternProgram.Encode(leave, _code.Count);
        }
    }

    private int NumberOf(ByteSet set)
    {
        if (!_setNumbers.TryGetValue(set, out int number))
        {
            number = _sets.Count;
            _sets.Add(set);
            _setNumbers.Add(set, number);
        }

        return number;
    }

    private void Add(PatternOperation operation, int argument) => _code.Add(PatternProgram.Encode(operation, argument));
}
