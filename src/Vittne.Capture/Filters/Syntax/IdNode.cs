namespace Vittne.Capture.Filters.Syntax;

/// <summary>A host, network, port or protocol with its own or inherited qualifiers.</summary>
/// <param name="column">Where the id begins.</param>
/// <param name="head">Its qualifiers; null when there are none to take over.</param>
/// <param name="kind">How it is written.</param>
/// <param name="text">Its text.</param>
/// <param name="number">Its value where it is a number, its prefix length where it has one.</param>
/// <param name="mask">Text of its mask.</param>
internal sealed class IdNode(int column, Head? head, IdKind kind, string text, uint number, string? mask = null) : SyntaxNode(column)
{
    public Head? Head => head;

    public IdKind Kind => kind;

    public string Text => text;

    public uint Number => number;

    public string? Mask => mask;
}
