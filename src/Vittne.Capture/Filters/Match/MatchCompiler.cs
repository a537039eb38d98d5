using Vittne.Capture.Filters.Compile;

namespace Vittne.Capture.Filters.Match;

/// <summary>
/// Makes steps of a graph. Values that more than one decision needs are kept in slots and found once on each way; chains of comparisons
/// with values that are known by then become sets.
/// </summary>
internal sealed class MatchCompiler
{
    // Two comparisons cost less than a look-up.
    private const int ShortestSet = 3;

    private readonly FlowGraph _graph;
    private readonly SlotPlan _plan;
    private readonly List<MatchInstruction> _steps = [];
    private readonly List<NumberSet> _sets = [];
    private readonly bool[] _isNeeded;
    private int _slots;
    private ulong _known;

    private MatchCompiler(FlowGraph graph)
    {
        _graph = graph;
        _plan = new SlotPlan(graph);
        _slots = _plan.Count;
        _isNeeded = new bool[graph.Count];
    }

    private ValuePool Values => _graph.Values;

    /// <summary>The program of a graph.</summary>
    public static FilterProgram Compile(FlowGraph graph) => new MatchCompiler(graph).Compile();

    private FilterProgram Compile()
    {
        int[] entries = new int[_graph.Count];
        _isNeeded[_graph.Root] = true;
        for (int node = _graph.Root; node > FlowGraph.Accept; node--)
        {
            if (_isNeeded[node])
            {
                entries[node] = _steps.Count;
                _known = _plan.KnownAt(node);
                Emit(node);
            }
        }

        entries[FlowGraph.Accept] = _steps.Count;
        entries[FlowGraph.Reject] = _steps.Count + 1;
        var steps = new MatchInstruction[_steps.Count + 2];
        for (int i = 0; i < _steps.Count; i++)
        {
            MatchInstruction step = _steps[i];
            step.True = step.True < 0 ? ~step.True : entries[step.True];
            step.False = step.False < 0 ? ~step.False : entries[step.False];
            steps[i] = step;
        }

        steps[^2].Operation = MatchOperation.Accept;
        steps[^1].Operation = MatchOperation.Reject;
        if (_graph.Root <= FlowGraph.Accept)
        {
            steps[0].Operation = _graph.Root == FlowGraph.Accept ? MatchOperation.Accept : MatchOperation.Reject;
        }

        return new FilterProgram(steps, [.. _sets], _slots, Values.Variables > 0);
    }

    private void Emit(int number)
    {
        FlowNode node = _graph[number];
        if (node.IsSet)
        {
            ushort value = Find(node.Right);
            _steps.Add(new MatchInstruction { Operation = MatchOperation.Move, Target = _plan.SlotOf(node.Left), Left = value });
            Jump(new MatchInstruction { Operation = MatchOperation.TestSlot }, node.True, node.True);
            return;
        }

        if (Values[node.Right].Operation != ValueOperation.Constant)
        {
            ushort first = Find(node.Left);
            ushort second = Find(node.Right);
            MatchOperation pair = node.Comparison switch
            {
                Comparison.Equal => MatchOperation.EqualSlot,
                Comparison.Greater => MatchOperation.GreaterSlot,
                _ => MatchOperation.GreaterOrEqualSlot,
            };
            Jump(new MatchInstruction { Operation = pair, Left = first, Right = second }, node.True, node.False);
            return;
        }

        if (TryEmitSets(number))
        {
            return;
        }

        uint constant = Values[node.Right].Number;
        if (node.Comparison != Comparison.Equal)
        {
            MatchOperation order = node.Comparison == Comparison.Greater ? MatchOperation.GreaterNumber : MatchOperation.GreaterOrEqualNumber;
            Jump(new MatchInstruction { Operation = order, Left = Find(node.Left), Number = constant }, node.True, node.False);
            return;
        }

        (int value2, uint mask) = _plan.Unmask(node.Left);
        Value inner = Values[value2];
        var step = new MatchInstruction { Number = constant, Mask = mask };
        bool isLoad = inner.Operation == ValueOperation.Load && !_plan.IsKnown(value2, _known);
        if (isLoad && (inner.Left < 0 || inner.Size == 2))
        {
            step.Operation = inner.Left >= 0 ? MatchOperation.TestHalfFrom
                : inner.Size switch { 1 => MatchOperation.TestByte, 2 => MatchOperation.TestHalf, _ => MatchOperation.TestWord };
            step.Left = inner.Left >= 0 ? Find(inner.Left) : (ushort)0;
            step.Offset = inner.Number;
            step.Target = Keep(value2);
        }
        else
        {
            step.Operation = MatchOperation.TestSlot;
            step.Left = Find(value2);
        }

        Jump(step, node.True, node.False);
    }

    /// <summary>
    /// Decisions from here on that compare known values with numbers and end alike. Since nothing is loaded between them, their order does
    /// not matter: those of one value become a set.
    /// </summary>
    private bool TryEmitSets(int number)
    {
        FlowNode first = _graph[number];
        int target = IsInChain(number, first.True, out int next) ? first.True : first.False;
        var chain = new List<int>();
        var sets = new Dictionary<int, List<uint>>();
        for (int at = number; IsInChain(at, target, out next); at = next)
        {
            chain.Add(at);
            if (_graph[at] is { Comparison: Comparison.Equal } equal && equal.True == target)
            {
                ref List<uint>? numbers = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(sets, equal.Left, out _);
                (numbers ??= []).Add(Values[equal.Right].Number);
            }
        }

        if (!sets.Values.Any(numbers => numbers.Count >= ShortestSet))
        {
            return false;
        }

        IsInChain(chain[^1], target, out int end);
        var steps = new List<MatchInstruction>();
        foreach (int at in chain)
        {
            FlowNode node = _graph[at];
            if (node.Comparison == Comparison.Equal && node.True == target && sets[node.Left].Count >= ShortestSet)
            {
                continue;
            }

            MatchInstruction step = Known(node);
            (step.True, step.False) = node.True == target ? (0, 1) : (1, 0);
            steps.Add(step);
        }

        foreach ((int value, List<uint> numbers) in sets.Where(set => set.Value.Count >= ShortestSet).OrderBy(set => set.Key))
        {
            steps.Insert(0, new MatchInstruction
            {
                Operation = MatchOperation.TestSet,
                Left = _plan.SlotOf(_plan.Unmask(value).Value),
                Mask = _plan.Unmask(value).Mask,
                Offset = (uint)_sets.Count,
                True = 0,
                False = 1,
            });
            _sets.Add(new NumberSet(numbers));
        }

        for (int i = 0; i < steps.Count; i++)
        {
            int other = i == steps.Count - 1 ? end : ~(_steps.Count + 1);
            MatchInstruction step = steps[i];
            Jump(step, step.True == 0 ? target : other, step.False == 0 ? target : other);
        }

        return true;
    }

    /// <summary>A decision with known values, one of whose ends is the target; the other is next.</summary>
    private bool IsInChain(int number, int target, out int next)
    {
        next = FlowGraph.Reject;
        if (number <= FlowGraph.Accept || _graph[number] is not { IsSet: false } node || node.True == node.False)
        {
            return false;
        }

        if (Values[node.Right].Operation != ValueOperation.Constant || (node.True != target && node.False != target))
        {
            return false;
        }

        next = node.True == target ? node.False : node.True;
        int value = node.Comparison == Comparison.Equal ? _plan.Unmask(node.Left).Value : node.Left;
        return _plan.IsKnown(value, _known);
    }

    private MatchInstruction Known(FlowNode node)
    {
        uint number = Values[node.Right].Number;
        if (node.Comparison != Comparison.Equal)
        {
            MatchOperation order = node.Comparison == Comparison.Greater ? MatchOperation.GreaterNumber : MatchOperation.GreaterOrEqualNumber;
            return new MatchInstruction { Operation = order, Left = _plan.SlotOf(node.Left), Number = number };
        }

        (int value, uint mask) = _plan.Unmask(node.Left);
        return new MatchInstruction { Operation = MatchOperation.TestSlot, Left = _plan.SlotOf(value), Mask = mask, Number = number };
    }

    private void Jump(MatchInstruction step, int whenTrue, int whenFalse)
    {
        step.True = whenTrue;
        step.False = whenFalse;
        _steps.Add(step);
        if (whenTrue >= 0)
        {
            _isNeeded[whenTrue] = true;
        }

        if (whenFalse >= 0)
        {
            _isNeeded[whenFalse] = true;
        }
    }

    /// <summary>Finds a value where it is not known, and gives its slot.</summary>
    private ushort Find(int number)
    {
        if (_plan.IsKnown(number, _known))
        {
            return _plan.SlotOf(number);
        }

        Value value = Values[number];
        var step = new MatchInstruction { Offset = value.Number, Kind = value.Size };
        if (value.Left >= 0)
        {
            step.Left = Find(value.Left);
        }

        if (value.Right >= 0)
        {
            step.Right = Find(value.Right);
        }

        bool isFrom = value.Left >= 0;
        step.Operation = value.Operation switch
        {
            ValueOperation.Constant => MatchOperation.Constant,
            ValueOperation.Length => MatchOperation.Length,
            ValueOperation.HeaderLength => MatchOperation.HeaderLength,
            ValueOperation.Negate => MatchOperation.Negate,
            ValueOperation.WirelessHeader => MatchOperation.WirelessHeader,
            ValueOperation.ProtocolChain => MatchOperation.ProtocolChain,
            ValueOperation.Load => value.Size switch
            {
                1 => isFrom ? MatchOperation.LoadByteFrom : MatchOperation.LoadByte,
                2 => isFrom ? MatchOperation.LoadHalfFrom : MatchOperation.LoadHalf,
                _ => isFrom ? MatchOperation.LoadWordFrom : MatchOperation.LoadWord,
            },
            _ => MatchOperation.Arithmetic,
        };
        step.Arithmetic = value.Operation;
        step.Mask = isFrom ? 1u : 0u;
        step.Target = Keep(number);
        _steps.Add(step);
        return step.Target;
    }

    /// <summary>A slot for a value that is found now.</summary>
    private ushort Keep(int number)
    {
        if (_plan.TryKeep(number, ref _known, out ushort slot))
        {
            return slot;
        }

        return checked((ushort)_slots++);
    }
}
