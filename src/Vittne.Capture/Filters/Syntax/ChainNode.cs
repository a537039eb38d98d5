namespace Vittne.Capture.Filters.Syntax;

/// <summary><c>a and b or c</c>: from left to right, <c>and</c> and <c>or</c> bind alike.</summary>
internal sealed class ChainNode(SyntaxNode first, IReadOnlyList<(bool IsAnd, SyntaxNode Node)> rest) : SyntaxNode(first.Column)
{
    public SyntaxNode First => first;

    public IReadOnlyList<(bool IsAnd, SyntaxNode Node)> Rest => rest;
}
