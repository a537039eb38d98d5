using Vittne.Capture.Filters.Compile;
using Vittne.Capture.Filters.Match;
using Vittne.Capture.Filters.Syntax;

namespace Vittne.Capture.Filters;

/// <summary>An expression for one link type.</summary>
internal sealed class CompiledFilter
{
    private CompiledFilter(int linkType, FlowGraph graph, FilterError? error)
    {
        LinkType = linkType;
        Graph = graph;
        Error = error;
        Program = MatchCompiler.Compile(graph);
    }

    /// <summary>LINKTYPE_ value.</summary>
    public int LinkType { get; }

    /// <summary>Decisions.</summary>
    public FlowGraph Graph { get; }

    /// <summary>Why the link type refuses it; then the program matches nothing.</summary>
    public FilterError? Error { get; }

    /// <summary>A packet came that it refuses.</summary>
    public bool IsAsked { get; set; }

    /// <summary>The matcher.</summary>
    public FilterProgram Program { get; }

    /// <summary>Compiles.</summary>
    public static CompiledFilter Of(string expression, SyntaxNode? tree, int linkType, PacketFilterOptions options)
    {
        var values = new ValuePool();
        try
        {
            Condition condition = ConditionBuilder.Build(tree, linkType, options, values);
            var graph = FlowGraph.Of(condition, values);
            ZeroDivisions.Refuse(graph);
            return new CompiledFilter(linkType, graph, null);
        }
        catch (FilterRefusedException refused)
        {
            return new CompiledFilter(linkType, new FlowGraph(new ValuePool()), refused.ToError(expression));
        }
    }
}
