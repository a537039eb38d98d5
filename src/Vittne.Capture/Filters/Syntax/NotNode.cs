namespace Vittne.Capture.Filters.Syntax;

/// <summary><c>not a</c>.</summary>
internal sealed class NotNode(int column, SyntaxNode operand) : SyntaxNode(column)
{
    public SyntaxNode Operand => operand;
}
