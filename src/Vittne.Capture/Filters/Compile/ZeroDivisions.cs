namespace Vittne.Capture.Filters.Compile;

/// <summary>
/// Refuses divisions by arithmetic that is zero for every packet, such as <c>len % (7 >> 7)</c>. A division that no packet comes to is let
/// pass, as libpcap does: its optimiser finds them, after it has thrown away what is not reached.
/// </summary>
internal static class ZeroDivisions
{
    /// <summary>What a division by zero is refused with.</summary>
    public static FilterRefusedException Refusal(int column, bool dependsOnLinkType = false) =>
        new(column, "division by zero", "another divisor", dependsOnLinkType);

    /// <summary>Looks through the decisions that a packet may come to.</summary>
    /// <exception cref="FilterRefusedException">One of them divides by zero.</exception>
    public static void Refuse(FlowGraph graph)
    {
        if (graph.Values.DivisionsByZero.Count == 0)
        {
            return;
        }

        bool[] isReached = new bool[graph.Count];
        bool[] isAsked = new bool[graph.Values.Count];
        isReached[graph.Root] = true;
        for (int number = graph.Root; number > FlowGraph.Accept; number--)
        {
            if (isReached[number])
            {
                FlowNode node = graph[number];
                isReached[node.True] = true;
                isReached[node.False] = true;

                // Where both ways lead to the same, libpcap has thrown the comparison away.
                isAsked[node.Left] |= node.IsSet || node.True != node.False;
                isAsked[node.Right] |= node.IsSet || node.True != node.False;
            }
        }

        // Operands have smaller numbers than what they are part of.
        for (int value = isAsked.Length - 1; value >= 0; value--)
        {
            if (!isAsked[value])
            {
                continue;
            }

            if (graph.Values.DivisionsByZero.TryGetValue(value, out int column))
            {
                throw Refusal(column, dependsOnLinkType: true);
            }

            (int left, int right) = (graph.Values[value].Left, graph.Values[value].Right);
            if (left >= 0)
            {
                isAsked[left] = true;
            }

            if (right >= 0)
            {
                isAsked[right] = true;
            }
        }
    }
}
