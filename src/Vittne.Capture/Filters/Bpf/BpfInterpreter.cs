using Vittne.Capture.Filters.Compile;

namespace Vittne.Capture.Filters.Bpf;

/// <summary>Runs a program of classic BPF as the kernel would: to test what the compiler makes.</summary>
internal static class BpfInterpreter
{
    private const int MemoryWords = 16;

    /// <summary>Bytes of the packet to take; 0 when it does not match.</summary>
    public static uint Run(IReadOnlyList<BpfInstruction> program, ReadOnlySpan<byte> captured, int originalLength)
    {
        Span<uint> memory = stackalloc uint[MemoryWords];
        memory.Clear();
        uint a = 0;
        uint x = 0;
        for (int at = 0; at < program.Count; at++)
        {
            BpfInstruction step = program[at];
            uint operand = (step.Code & BpfCode.WithX) != 0 ? x : step.Number;
            switch (step.Code)
            {
                case BpfCode.ReturnConstant:
                    return step.Number;
                case BpfCode.LoadWord or BpfCode.LoadHalf or BpfCode.LoadByte:
                    if (!LinkWalks.TryLoad(captured, 0, step.Number, Size(step.Code), out a))
                    {
                        return 0;
                    }

                    break;
                case BpfCode.LoadWordFromX or BpfCode.LoadHalfFromX or BpfCode.LoadByteFromX:
                    if (!LinkWalks.TryLoad(captured, x, step.Number, Size(step.Code), out a))
                    {
                        return 0;
                    }

                    break;
                case BpfCode.LoadLength:
                    a = (uint)originalLength;
                    break;
                case BpfCode.LoadConstant:
                    a = step.Number;
                    break;
                case BpfCode.LoadMemory:
                    a = memory[(int)step.Number];
                    break;
                case BpfCode.LoadXConstant:
                    x = step.Number;
                    break;
                case BpfCode.LoadXMemory:
                    x = memory[(int)step.Number];
                    break;
                case BpfCode.LoadXHeaderLength:
                    if (!LinkWalks.TryLoad(captured, 0, step.Number, 1, out x))
                    {
                        return 0;
                    }

                    x = (x & 0x0f) * 4;
                    break;
                case BpfCode.Store:
                    memory[(int)step.Number] = a;
                    break;
                case BpfCode.StoreX:
                    memory[(int)step.Number] = x;
                    break;
                case BpfCode.CopyToX:
                    x = a;
                    break;
                case BpfCode.CopyFromX:
                    a = x;
                    break;
                case BpfCode.Negate:
                    a = 0u - a;
                    break;
                case BpfCode.Jump:
                    at += (int)step.Number;
                    break;
                case BpfCode.JumpEqual or (BpfCode.JumpEqual | BpfCode.WithX):
                    at += a == operand ? step.True : step.False;
                    break;
                case BpfCode.JumpGreater or (BpfCode.JumpGreater | BpfCode.WithX):
                    at += a > operand ? step.True : step.False;
                    break;
                case BpfCode.JumpGreaterOrEqual or (BpfCode.JumpGreaterOrEqual | BpfCode.WithX):
                    at += a >= operand ? step.True : step.False;
                    break;
                case BpfCode.JumpAnyBit or (BpfCode.JumpAnyBit | BpfCode.WithX):
                    at += (a & operand) != 0 ? step.True : step.False;
                    break;
                default:
                    if (!ValuePool.TryCompute(BpfArithmetic.OperationOf(step.Code), a, operand, out a))
                    {
                        return 0;
                    }

                    break;
            }
        }

        return 0;
    }

    private static int Size(ushort code) => (code & 0x18) switch { 0x00 => 4, 0x08 => 2, _ => 1 };
}
