namespace Vittne.Capture.Filters.Syntax;

/// <summary>A part of an expression that is true or false of a packet.</summary>
/// <param name="column">Where it begins, counted from 1.</param>
internal abstract class SyntaxNode(int column)
{
    /// <summary>Where it begins, counted from 1.</summary>
    public int Column => column;
}
