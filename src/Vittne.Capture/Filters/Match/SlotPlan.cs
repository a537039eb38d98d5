using Vittne.Capture.Filters.Compile;

namespace Vittne.Capture.Filters.Match;

/// <summary>Which values of a graph are kept, where, and at which decisions they are known.</summary>
internal sealed class SlotPlan
{
    // One bit each. A value more is found anew each time.
    private const int MostKept = 64;

    private readonly FlowGraph _graph;
    private readonly Dictionary<int, int> _kept = [];
    private readonly ulong[] _knownAt;

    /// <summary>The plan of a graph.</summary>
    public SlotPlan(FlowGraph graph)
    {
        _graph = graph;
        var uses = new Dictionary<int, int>();
        var seen = new HashSet<int>();
        for (int node = graph.Root; node > FlowGraph.Accept; node--)
        {
            seen.Clear();
            foreach (int value in Operands(graph[node]))
            {
                Tally(value, uses, seen);
            }
        }

        foreach ((int value, int count) in uses.OrderByDescending(use => use.Value).ThenBy(use => use.Key))
        {
            if (count > 1 && _kept.Count < MostKept)
            {
                _kept.Add(value, _kept.Count);
            }
        }

        _knownAt = new ulong[graph.Count];
        Flow();
    }

    /// <summary>Slots of variables and kept values; slots of what is not kept follow.</summary>
    public int Count => _kept.Count + _graph.Values.Variables;

    /// <summary>Kept values that are known on all ways to a node.</summary>
    public ulong KnownAt(int node) => _knownAt[node];

    /// <summary>The value is in its slot.</summary>
    public bool IsKnown(int value, ulong known) => _graph.Values[value].Operation == ValueOperation.Variable
        || (_kept.TryGetValue(value, out int bit) && (known & (1UL << bit)) != 0);

    /// <summary>The slot of a variable or a kept value.</summary>
    public ushort SlotOf(int value) => _graph.Values[value] is { Operation: ValueOperation.Variable } variable
        ? (ushort)(_kept.Count + variable.Number)
        : (ushort)_kept[value];

    /// <summary>The slot of a value that is to be kept; it is known from now on.</summary>
    public bool TryKeep(int value, ref ulong known, out ushort slot)
    {
        slot = 0;
        if (!_kept.TryGetValue(value, out int bit))
        {
            return false;
        }

        known |= 1UL << bit;
        slot = (ushort)bit;
        return true;
    }

    /// <summary>A value under a fixed mask; a value that is kept under its mask stays as it is.</summary>
    public (int Value, uint Mask) Unmask(int value) =>
        _graph.Values[value] is { Operation: ValueOperation.And } and && _graph.Values[and.Right] is { Operation: ValueOperation.Constant } mask
            ? (and.Left, mask.Number)
            : (value, uint.MaxValue);

    private IEnumerable<int> Operands(FlowNode node)
    {
        if (node.IsSet)
        {
            yield return node.Right;
            yield break;
        }

        bool isMasked = node.Comparison == Comparison.Equal && _graph.Values[node.Right].Operation == ValueOperation.Constant;
        yield return isMasked ? Unmask(node.Left).Value : node.Left;
        yield return node.Right;
    }

    private void Tally(int value, Dictionary<int, int> uses, HashSet<int> seen)
    {
        Value node = _graph.Values[value];
        if (node.Operation is ValueOperation.Constant or ValueOperation.Variable || !seen.Add(value))
        {
            return;
        }

        uses[value] = uses.GetValueOrDefault(value) + 1;
        if (node.Left >= 0)
        {
            Tally(node.Left, uses, seen);
        }

        if (node.Right >= 0)
        {
            Tally(node.Right, uses, seen);
        }
    }

    private void Flow()
    {
        Array.Fill(_knownAt, ulong.MaxValue);
        _knownAt[_graph.Root] = 0;
        for (int node = _graph.Root; node > FlowGraph.Accept; node--)
        {
            FlowNode test = _graph[node];
            ulong after = _knownAt[node];
            foreach (int value in Operands(test))
            {
                after |= Found(value);
            }

            if (test.IsSet)
            {
                foreach ((int value, int bit) in _kept)
                {
                    after &= _graph.Values.DependsOn(value, test.Left) ? ~(1UL << bit) : ulong.MaxValue;
                }
            }

            _knownAt[test.True] &= after;
            _knownAt[test.False] &= after;
        }
    }

    private ulong Found(int value)
    {
        Value node = _graph.Values[value];
        ulong found = _kept.TryGetValue(value, out int bit) ? 1UL << bit : 0;
        return found | (node.Left >= 0 ? Found(node.Left) : 0) | (node.Right >= 0 ? Found(node.Right) : 0);
    }
}
