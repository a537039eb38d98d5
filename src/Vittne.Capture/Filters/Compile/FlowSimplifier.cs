namespace Vittne.Capture.Filters.Compile;

/// <summary>
/// Leads each edge past decisions whose outcome is known on every way to it: after <c>ip</c> held, <c>ip</c> holds. Only what a packet
/// has already been asked for counts, so that no load goes missing.
/// </summary>
internal static class FlowSimplifier
{
    /// <summary>The same graph with fewer decisions.</summary>
    public static FlowGraph Simplify(FlowGraph graph)
    {
        var facts = new FlowFacts?[graph.Count];
        var edges = new (int True, int False)[graph.Count];
        bool[] isReached = new bool[graph.Count];
        facts[graph.Root] = FlowFacts.None;

        // An edge leads to a smaller number: when a node's turn comes all ways to it are known.
        for (int number = graph.Root; number > FlowGraph.Accept; number--)
        {
            if (facts[number] is not { } known)
            {
                continue;
            }

            FlowNode node = graph[number];
            int whenTrue = Follow(graph, node.True, known.After(node, true, graph.Values), facts);
            int whenFalse = node.True == node.False
                ? whenTrue
                : Follow(graph, node.False, known.After(node, false, graph.Values), facts);
            edges[number] = (whenTrue, whenFalse);
            isReached[number] = true;
            facts[number] = null;
        }

        var simple = new FlowGraph(graph.Values);
        int[] renamed = new int[graph.Count];
        renamed[FlowGraph.Accept] = FlowGraph.Accept;
        for (int number = FlowGraph.Accept + 1; number < graph.Count; number++)
        {
            if (!isReached[number])
            {
                continue;
            }

            FlowNode node = graph[number];
            int whenTrue = renamed[edges[number].True];
            int whenFalse = renamed[edges[number].False];
            renamed[number] = node.IsSet
                ? simple.Set(node.Left, node.Right, whenTrue)
                : simple.Test(node.Comparison, node.Left, node.Right, whenTrue, whenFalse);
        }

        simple.Root = renamed[graph.Root];
        return simple;
    }

    private static int Follow(FlowGraph graph, int target, FlowFacts known, FlowFacts?[] facts)
    {
        while (target > FlowGraph.Accept && known.Outcome(graph[target], graph.Values) is { } outcome)
        {
            target = outcome ? graph[target].True : graph[target].False;
        }

        if (target > FlowGraph.Accept)
        {
            facts[target] = facts[target] is { } other ? other.Meet(known) : known;
        }

        return target;
    }
}
