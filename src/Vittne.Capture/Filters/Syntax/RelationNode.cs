namespace Vittne.Capture.Filters.Syntax;

/// <summary><c>ip[8] &lt; 10</c>.</summary>
internal sealed class RelationNode(ArithmeticNode left, string relation, ArithmeticNode right) : SyntaxNode(left.Column)
{
    public ArithmeticNode Left => left;

    /// <summary>One of <c>= != &lt; &lt;= &gt; &gt;=</c>.</summary>
    public string Relation => relation;

    public ArithmeticNode Right => right;
}
