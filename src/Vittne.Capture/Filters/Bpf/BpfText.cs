using System.Globalization;
using System.Text;

namespace Vittne.Capture.Filters.Bpf;

/// <summary>Programs for people and compilers, in the forms of <c>tcpdump -d</c>, <c>-dd</c> and <c>-ddd</c>.</summary>
public static class BpfText
{
    /// <summary>One line an instruction, <c>(000) ldh      [12]</c>.</summary>
    public static string Listing(BpfProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        var text = new StringBuilder();
        for (int i = 0; i < program.Instructions.Count; i++)
        {
            BpfInstruction step = program.Instructions[i];
            (string word, string operand) = Words(step, i);
            text.Append(CultureInfo.InvariantCulture, $"({i:000}) {word,-8} ");
            if ((step.Code & 0x07) == 0x05 && step.Code != BpfCode.Jump)
            {
                text.Append(CultureInfo.InvariantCulture, $"{operand,-16} jt {i + 1 + step.True}\tjf {i + 1 + step.False}\n");
            }
            else
            {
                text.Append(operand).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>Initialisers of an array in C.</summary>
    public static string Initialisers(BpfProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        var text = new StringBuilder();
        foreach (BpfInstruction step in program.Instructions)
        {
            text.Append(CultureInfo.InvariantCulture, $"{{ 0x{step.Code:x}, {step.True}, {step.False}, 0x{step.Number:x8} }},\n");
        }

        return text.ToString();
    }

    /// <summary>Decimal numbers, their count first.</summary>
    public static string Numbers(BpfProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{program.Instructions.Count}\n");
        foreach (BpfInstruction step in program.Instructions)
        {
            text.Append(CultureInfo.InvariantCulture, $"{step.Code} {step.True} {step.False} {step.Number}\n");
        }

        return text.ToString();
    }

    private static (string Word, string Operand) Words(BpfInstruction step, int at)
    {
        string number = step.Number.ToString(CultureInfo.InvariantCulture);
        string constant = string.Create(CultureInfo.InvariantCulture, $"#0x{step.Number:x}");
        string comparand = (step.Code & BpfCode.WithX) != 0 ? "x" : constant;
        return step.Code switch
        {
            BpfCode.LoadWord => ("ld", Place(step.Number)),
            BpfCode.LoadHalf => ("ldh", Place(step.Number)),
            BpfCode.LoadByte => ("ldb", Place(step.Number)),
            BpfCode.LoadWordFromX => ("ld", $"[x + {number}]"),
            BpfCode.LoadHalfFromX => ("ldh", $"[x + {number}]"),
            BpfCode.LoadByteFromX => ("ldb", $"[x + {number}]"),
            BpfCode.LoadLength => ("ld", "#pktlen"),
            BpfCode.LoadConstant => ("ld", constant),
            BpfCode.LoadMemory => ("ld", $"M[{number}]"),
            BpfCode.LoadXConstant => ("ldx", constant),
            BpfCode.LoadXMemory => ("ldx", $"M[{number}]"),
            BpfCode.LoadXHeaderLength => ("ldxb", $"4*([{number}]&0xf)"),
            BpfCode.Store => ("st", $"M[{number}]"),
            BpfCode.StoreX => ("stx", $"M[{number}]"),
            BpfCode.CopyToX => ("tax", ""),
            BpfCode.CopyFromX => ("txa", ""),
            BpfCode.Negate => ("neg", ""),
            BpfCode.ReturnConstant => ("ret", $"#{number}"),
            BpfCode.Jump => ("ja", (at + 1 + step.Number).ToString(CultureInfo.InvariantCulture)),
            BpfCode.JumpEqual or (BpfCode.JumpEqual | BpfCode.WithX) => ("jeq", comparand),
            BpfCode.JumpGreater or (BpfCode.JumpGreater | BpfCode.WithX) => ("jgt", comparand),
            BpfCode.JumpGreaterOrEqual or (BpfCode.JumpGreaterOrEqual | BpfCode.WithX) => ("jge", comparand),
            BpfCode.JumpAnyBit or (BpfCode.JumpAnyBit | BpfCode.WithX) => ("jset", comparand),
            _ => (ArithmeticWord(step.Code), (step.Code & BpfCode.WithX) != 0 ? "x" : (step.Code & 0xf0) is 0x50 or 0x40 or 0xa0 ? constant : $"#{number}"),
        };
    }

    private static string ArithmeticWord(ushort code) =>
        ((string[])["add", "sub", "mul", "div", "or", "and", "lsh", "rsh", "neg", "mod", "xor"])[code >> 4];

    private static string Place(uint number) => number switch
    {
        BpfCode.BesideVlanTag => "vlan_tci",
        BpfCode.BesideVlanPresent => "vlan_avail",
        BpfCode.BesideVlanProtocol => "vlan_tpid",
        _ => $"[{number.ToString(CultureInfo.InvariantCulture)}]",
    };
}
