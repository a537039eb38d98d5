namespace Vittne.Capture.Filters.Syntax;

/// <summary><c>tcp[12:2]</c>.</summary>
internal sealed class DataNode(int column, ProtocolWord protocol, ArithmeticNode index, int size) : ArithmeticNode(column)
{
    public ProtocolWord Protocol => protocol;

    public ArithmeticNode Index => index;

    /// <summary>1, 2 or 4 bytes.</summary>
    public int Size => size;
}
