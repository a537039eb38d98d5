using Vittne.Capture.Filters.Compile;

namespace Vittne.Capture.Filters.Bpf;

/// <summary>Arithmetic of values and of BPF.</summary>
internal static class BpfArithmetic
{
    private static readonly ValueOperation[] Order =
    [
        ValueOperation.Add, ValueOperation.Subtract, ValueOperation.Multiply, ValueOperation.Divide, ValueOperation.Or, ValueOperation.And,
        ValueOperation.ShiftLeft, ValueOperation.ShiftRight, ValueOperation.Negate, ValueOperation.Modulo, ValueOperation.Xor,
    ];

    /// <summary>The code of an operation with a constant.</summary>
    public static ushort CodeOf(ValueOperation operation) => (ushort)(BpfCode.Arithmetic | (Array.IndexOf(Order, operation) << 4));

    /// <summary>The operation of a code.</summary>
    public static ValueOperation OperationOf(ushort code) => Order[code >> 4];
}
