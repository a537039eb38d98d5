namespace Vittne.Capture.Filters.Compile;

/// <summary>One value of a program; equal ones are one.</summary>
/// <param name="Operation">How it comes about.</param>
/// <param name="Left">First operand, or base address of a load; -1 when none.</param>
/// <param name="Right">Second operand; -1 when none.</param>
/// <param name="Number">The constant, the offset of a load, the number of a variable.</param>
/// <param name="Size">Bytes of a load; of a chain its address family.</param>
internal readonly record struct Value(ValueOperation Operation, int Left, int Right, uint Number, byte Size);
