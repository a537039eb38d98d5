namespace Vittne.Capture.Filters.Syntax;

/// <summary><c>len</c>: bytes on the wire.</summary>
internal sealed class LengthNode(int column) : ArithmeticNode(column);
