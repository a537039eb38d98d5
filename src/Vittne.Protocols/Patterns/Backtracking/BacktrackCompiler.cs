namespace Vittne.Protocols.Patterns.Backtracking;

/// <summary>Writes a parsed pattern as instructions for <see cref="BacktrackSearch"/>.</summary>
internal sealed class BacktrackCompiler
{
    private readonly List<BacktrackInstruction> _code = [];
    private readonly List<ByteSet> _sets = [];
    private readonly Dictionary<ByteSet, int> _setNumbers = [];
    private int _slots;
    private bool _isTooLarge;

    private BacktrackCompiler(int captures) => _slots = 2 * (captures + 1);

    /// <summary>The search for a pattern; null when its repeats, written out, need more than <see cref="PatternCompiler.MaxStates"/> instructions.</summary>
    public static BacktrackSearch? TryCompile(PatternNode root, int captures)
    {
        var compiler = new BacktrackCompiler(captures);
        compiler.Emit(root);
        compiler.Add(BacktrackOperation.Accept);
        return compiler._isTooLarge ? null : new BacktrackSearch([.. compiler._code], [.. compiler._sets], compiler._slots);
    }

    private void Emit(PatternNode node)
    {
        if (_isTooLarge)
        {
            return;
        }

        switch (node.Kind)
        {
            case PatternNodeKind.Set:
                Add(BacktrackOperation.Set, NumberOf(node.Set));
                break;
            case PatternNodeKind.Assertion:
                Add(BacktrackOperation.Assert, (int)node.Assertion);
                break;
            case PatternNodeKind.Sequence:
                foreach (PatternNode part in node.Parts)
                {
                    Emit(part);
                }

                break;
            case PatternNodeKind.Alternation:
                EmitAlternation(node.Parts);
                break;
            case PatternNodeKind.Repeat:
                EmitRepeat(node);
                break;
            case PatternNodeKind.Capture:
                Add(BacktrackOperation.Save, 2 * node.Group);
                Emit(node.Parts[0]);
                Add(BacktrackOperation.Save, (2 * node.Group) + 1);
                break;
            case PatternNodeKind.BackReference:
                Add(BacktrackOperation.Reference, node.Group, node.IgnoresCase ? 1 : 0);
                break;
            case PatternNodeKind.Look or PatternNodeKind.Atomic:
                EmitApart(node);
                break;
        }
    }

    private void EmitApart(PatternNode node)
    {
        int start = _code.Count;
        Add(BacktrackOperation.Atomic);
        PatternNode part = node.Parts[0];
        if (node.IsBehind)
        {
            IReadOnlyList<PatternNode> branches = part.Kind == PatternNodeKind.Alternation ? part.Parts : [part];
            EmitBranches(branches, isBehind: true);
        }
        else
        {
            Emit(part);
        }

        Add(BacktrackOperation.Accept);
        _code[start] = node.Kind == PatternNodeKind.Atomic
            ? new BacktrackInstruction(BacktrackOperation.Atomic, _code.Count)
            : new BacktrackInstruction(BacktrackOperation.Look, _code.Count, node.IsNegated ? 1 : 0);
    }

    private void EmitAlternation(IReadOnlyList<PatternNode> branches) => EmitBranches(branches, isBehind: false);

    private void EmitBranches(IReadOnlyList<PatternNode> branches, bool isBehind)
    {
        List<int> jumps = [];
        for (int i = 0; i < branches.Count; i++)
        {
            bool isLast = i == branches.Count - 1;
            int split = _code.Count;
            if (!isLast)
            {
                Add(BacktrackOperation.Split);
            }

            if (isBehind)
            {
                Add(BacktrackOperation.Back, branches[i].MinWidth);
            }

            Emit(branches[i]);
            if (!isLast)
            {
                jumps.Add(_code.Count);
                Add(BacktrackOperation.Jump);
                _code[split] = new BacktrackInstruction(BacktrackOperation.Split, split + 1, _code.Count);
            }
        }

        foreach (int jump in jumps)
        {
            _code[jump] = new BacktrackInstruction(BacktrackOperation.Jump, _code.Count);
        }
    }

    private void EmitRepeat(PatternNode node)
    {
        PatternNode part = node.Parts[0];
        bool isUnbounded = node.Maximum == PatternNode.Unbounded;
        int copies = isUnbounded ? node.Minimum : node.Maximum;
        List<int> exits = [];
        for (int i = 0; i < copies && !_isTooLarge; i++)
        {
            if (i >= node.Minimum)
            {
                exits.Add(_code.Count);
                Add(BacktrackOperation.Split);
            }

            Emit(part);
        }

        if (isUnbounded)
        {
            // Each turn must take something, or the loop would not end.
            int slot = _slots++;
            int start = _code.Count;
            exits.Add(start);
            Add(BacktrackOperation.Split);
            Add(BacktrackOperation.Save, slot);
            Emit(part);
            Add(BacktrackOperation.Progress, slot);
            Add(BacktrackOperation.Jump, start);
        }

        foreach (int exit in exits)
        {
            _code[exit] = node.IsLazy
                ? new BacktrackInstruction(BacktrackOperation.Split, _code.Count, exit + 1)
                : new BacktrackInstruction(BacktrackOperation.Split, exit + 1, _code.Count);
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

    private void Add(BacktrackOperation operation, int a = 0, int b = 0)
    {
        _code.Add(new BacktrackInstruction(operation, a, b));
        _isTooLarge |= _code.Count > PatternCompiler.MaxStates;
    }
}
