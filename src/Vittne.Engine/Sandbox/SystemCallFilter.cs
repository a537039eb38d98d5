using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Vittne.Engine.Sandbox;

/// <summary>
/// A filter of system calls (seccomp(2)). It names what is refused: a list of what is allowed would break with each new version of runtime and libc. A
/// refused call fails with EPERM, so that code which can do without goes on.
/// </summary>
internal static class SystemCallFilter
{
    /// <summary>BPF_LD | BPF_W | BPF_ABS: loads a word of struct seccomp_data.</summary>
    public const ushort Load = 0x20;

    /// <summary>BPF_JMP | BPF_JEQ | BPF_K.</summary>
    public const ushort JumpIfEqual = 0x15;

    /// <summary>BPF_JMP | BPF_JGE | BPF_K.</summary>
    public const ushort JumpIfAtLeast = 0x35;

    /// <summary>BPF_JMP | BPF_JSET | BPF_K.</summary>
    public const ushort JumpIfAnyBit = 0x45;

    /// <summary>BPF_RET | BPF_K.</summary>
    public const ushort Return = 0x06;

    /// <summary>SECCOMP_RET_ALLOW.</summary>
    public const uint Allowed = 0x7FFF_0000;

    /// <summary>SECCOMP_RET_ERRNO with EPERM.</summary>
    public const uint Refused = 0x0005_0001;

    /// <summary>SECCOMP_RET_ERRNO with ENOSYS: as a kernel that does not know the call.</summary>
    public const uint Unknown = 0x0005_0026;

    private const uint NumberOffset = 0;
    private const uint ArchitectureOffset = 4;
    private const uint ArgumentsOffset = 16;
    private const uint ArgumentLength = 8;

    private const uint SecondSet = 0x4000_0000;
    private const uint CloneThread = 0x0001_0000;

    // O_WRONLY, O_RDWR, O_CREAT and O_TRUNC of open(2), the same on both architectures.
    private const uint WritingFlags = 0x243;

    private const int SetFilter = 1;
    private const int AllThreads = 1;

    /// <summary>Makes the filter.</summary>
    /// <param name="table">Numbers of the architecture.</param>
    /// <param name="writesFiles">True when files are opened for writing later.</param>
    /// <param name="usesNetwork">True when sockets are opened later.</param>
    public static FilterInstruction[] Build(SystemCallTable table, bool writesFiles, bool usesNetwork)
    {
        uint[] refused = [.. table.Never, .. usesNetwork ? [] : table.Network, .. writesFiles ? [] : table.Files];
        List<FilterInstruction> program =
        [
            new(Load, 0, 0, ArchitectureOffset),
            new(JumpIfEqual, 1, 0, table.Architecture),
            new(Return, 0, 0, Refused),
            new(Load, 0, 0, NumberOffset),
        ];
        if (table.HasSecondSet)
        {
            program.Add(new(JumpIfAtLeast, 0, 1, SecondSet));
            program.Add(new(Return, 0, 0, Refused));
        }

        foreach (uint number in refused)
        {
            program.Add(new(JumpIfEqual, 0, 1, number));
            program.Add(new(Return, 0, 0, Refused));
        }

        program.Add(new(JumpIfEqual, 0, 1, table.Clone3));
        program.Add(new(Return, 0, 0, Unknown));
        AddArgument(program, table.Clone, argument: 0, CloneThread, ifAny: Allowed, ifNone: Refused);
        if (!writesFiles)
        {
            AddArgument(program, table.OpenAt, argument: 2, WritingFlags, ifAny: Refused, ifNone: Allowed);
            if (table.Open != 0)
            {
                AddArgument(program, table.Open, argument: 1, WritingFlags, ifAny: Refused, ifNone: Allowed);
            }
        }

        program.Add(new(Return, 0, 0, Allowed));
        return [.. program];
    }

    /// <summary>Puts the filter in force for all threads; new privileges must be forbidden before.</summary>
    /// <returns>False when the kernel refuses.</returns>
    public static bool Install(FilterInstruction[] program)
    {
        byte[] code = new byte[program.Length * 8];
        for (int i = 0; i < program.Length; i++)
        {
            Span<byte> at = code.AsSpan(i * 8);
            BinaryPrimitives.WriteUInt16LittleEndian(at, program[i].Code);
            at[2] = program[i].IfTrue;
            at[3] = program[i].IfFalse;
            BinaryPrimitives.WriteUInt32LittleEndian(at[4..], program[i].Value);
        }

        var pinned = GCHandle.Alloc(code, GCHandleType.Pinned);
        try
        {
            // struct sock_fprog: the number of instructions, and where they are.
            byte[] header = new byte[16];
            BinaryPrimitives.WriteUInt16LittleEndian(header, (ushort)program.Length);
            BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(8), pinned.AddrOfPinnedObject());
            int number = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 317 : 277;
            return LinuxCalls.Call(number, SetFilter, AllThreads, header, 0) == 0;
        }
        finally
        {
            pinned.Free();
        }
    }

    /// <summary>A call whose verdict depends on the low half of an argument; the rest goes on with the number loaded.</summary>
    private static void AddArgument(List<FilterInstruction> program, uint number, int argument, uint bits, uint ifAny, uint ifNone)
    {
        program.Add(new(JumpIfEqual, 0, 4, number));
        program.Add(new(Load, 0, 0, ArgumentsOffset + ((uint)argument * ArgumentLength)));
        program.Add(new(JumpIfAnyBit, 0, 1, bits));
        program.Add(new(Return, 0, 0, ifAny));
        program.Add(new(Return, 0, 0, ifNone));
    }
}
