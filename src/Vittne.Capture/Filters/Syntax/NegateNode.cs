namespace Vittne.Capture.Filters.Syntax;

/// <summary><c>- a</c>.</summary>
internal sealed class NegateNode(int column, ArithmeticNode operand) : ArithmeticNode(column)
{
    public ArithmeticNode Operand => operand;
}
