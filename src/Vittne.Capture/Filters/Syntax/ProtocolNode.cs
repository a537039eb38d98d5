namespace Vittne.Capture.Filters.Syntax;

/// <summary>A protocol that stands for itself: <c>tcp</c>.</summary>
internal sealed class ProtocolNode(int column, ProtocolWord protocol) : SyntaxNode(column)
{
    public ProtocolWord Protocol => protocol;
}
