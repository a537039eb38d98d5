namespace Vittne.Capture.Filters.Compile;

/// <summary>
/// Decisions in the order in which they are made; an edge always leads to a node of a smaller number, equal nodes are one. Whether a packet
/// is refused by a load outside of it is kept exactly.
/// </summary>
internal sealed class FlowGraph
{
    /// <summary>The packet does not match.</summary>
    public const int Reject = 0;

    /// <summary>The packet matches.</summary>
    public const int Accept = 1;

    private readonly Dictionary<FlowNode, int> _index = [];
    private readonly List<FlowNode> _nodes = [default, default];

    /// <summary>A graph without nodes.</summary>
    public FlowGraph(ValuePool values) => Values = values;

    /// <summary>Values that nodes refer to.</summary>
    public ValuePool Values { get; }

    /// <summary>Where a packet begins.</summary>
    public int Root { get; set; }

    /// <summary>Nodes, the two verdicts included.</summary>
    public int Count => _nodes.Count;

    /// <summary>A node by its number.</summary>
    public FlowNode this[int node] => _nodes[node];

    /// <summary>The graph of a condition, without decisions that are known where they are reached.</summary>
    public static FlowGraph Of(Condition condition, ValuePool values)
    {
        var graph = new FlowGraph(values);
        graph.Root = graph.Lower(condition, Accept, Reject);
        return FlowSimplifier.Simplify(FlowSimplifier.Simplify(graph));
    }

    /// <summary>A decision; a simpler node where there is nothing to decide.</summary>
    public int Test(Comparison comparison, int left, int right, int whenTrue, int whenFalse)
    {
        if (Values[left].Operation == ValueOperation.Constant)
        {
            if (Values[right].Operation == ValueOperation.Constant)
            {
                uint a = Values[left].Number;
                uint b = Values[right].Number;
                bool holds = comparison switch { Comparison.Equal => a == b, Comparison.Greater => a > b, _ => a >= b };
                return holds ? whenTrue : whenFalse;
            }

            if (comparison == Comparison.Equal)
            {
                (left, right) = (right, left);
            }
        }

        if (left == right)
        {
            whenTrue = comparison == Comparison.Greater ? whenFalse : whenTrue;
            whenFalse = whenTrue;
        }

        if (whenTrue == whenFalse)
        {
            bool canRefuse = whenTrue != Reject && (Values.CanRefuse(left) || Values.CanRefuse(right));
            if (!canRefuse)
            {
                return whenTrue;
            }

            if (!Values.CanRefuse(right))
            {
                (comparison, right) = (Comparison.GreaterOrEqual, Values.Constant(0));
            }
        }

        return Add(new FlowNode(false, comparison, left, right, whenTrue, whenFalse));
    }

    /// <summary>Sets a variable.</summary>
    public int Set(int variable, int value, int next) =>
        next == Reject ? Reject : Add(new FlowNode(true, Comparison.Equal, variable, value, next, next));

    private int Add(FlowNode node)
    {
        if (!_index.TryGetValue(node, out int number))
        {
            number = _nodes.Count;
            _nodes.Add(node);
            _index.Add(node, number);
        }

        return number;
    }

    private int Lower(Condition condition, int whenTrue, int whenFalse)
    {
        switch (condition)
        {
            case KnownCondition known:
                return known.Holds ? whenTrue : whenFalse;
            case NotCondition not:
                return Lower(not.Operand, whenFalse, whenTrue);
            case SetCondition set:
                return Set(set.Variable, set.Value, whenTrue);
            case OverwriteCondition overwrite:
                for (int i = overwrite.Sets.Count - 1; i >= 0; i--)
                {
                    whenTrue = Set(overwrite.Sets[i].Variable, overwrite.Sets[i].Value, whenTrue);
                }

                return whenTrue;
            case TestCondition test:
                return Test(test.Comparison, test.Left, test.Right, whenTrue, whenFalse);
            default:
                // From the last to the first: all before it lead to it, or around it.
                var chain = (ChainCondition)condition;
                for (int i = chain.Rest.Count - 1; i >= 0; i--)
                {
                    (bool isAnd, Condition last) = chain.Rest[i];
                    int entry = Lower(last, whenTrue, whenFalse);
                    (whenTrue, whenFalse) = isAnd ? (entry, whenFalse) : (whenTrue, entry);
                }

                return Lower(chain.First, whenTrue, whenFalse);
        }
    }
}
