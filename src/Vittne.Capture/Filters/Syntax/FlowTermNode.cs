namespace Vittne.Capture.Filters.Syntax;

/// <summary><c>sni example.org</c>: decided by who knows flows.</summary>
/// <param name="column">Where the word begins.</param>
/// <param name="word">The word.</param>
/// <param name="number">Number of the term in the expression, from 0.</param>
/// <param name="term">What it asks for.</param>
internal sealed class FlowTermNode(int column, string word, int number, FlowTerm term) : SyntaxNode(column)
{
    public string Word => word;

    public int Number => number;

    public FlowTerm Term => term;
}
