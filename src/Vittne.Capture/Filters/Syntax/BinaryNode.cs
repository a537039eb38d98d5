namespace Vittne.Capture.Filters.Syntax;

/// <summary><c>a + b</c>.</summary>
internal sealed class BinaryNode(ArithmeticNode left, string operation, int operationColumn, ArithmeticNode right) : ArithmeticNode(left.Column)
{
    public ArithmeticNode Left => left;

    public string Operation => operation;

    public int OperationColumn => operationColumn;

    public ArithmeticNode Right => right;
}
