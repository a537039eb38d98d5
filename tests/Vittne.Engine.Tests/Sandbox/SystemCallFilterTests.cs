using System.Runtime.InteropServices;
using Vittne.Engine.Sandbox;

namespace Vittne.Engine.Tests.Sandbox;

/// <summary>What the filter says, by running its program as the kernel does; numbers are those of x86-64.</summary>
public sealed class SystemCallFilterTests
{
    private const uint Read = 0, Write = 1, Open = 2, Mmap = 9, Socket = 41, SendTo = 44, Clone = 56, Execve = 59, Rename = 82, OpenAt = 257, Clone3 = 435;
    private const ulong ThreadFlags = 0x3D_0F00, ForkFlags = 0x0120_0011;

    private static readonly SystemCallTable X64 = SystemCallTable.Of(Architecture.X64)!;

    [Theory]
    [InlineData(Read)]
    [InlineData(Write)]
    [InlineData(Mmap)]
    public void What_every_program_does_is_allowed(uint number) => Assert.Equal(SystemCallFilter.Allowed, Ask(number));

    [Theory]
    [InlineData(Execve)]
    [InlineData(Socket)]
    [InlineData(SendTo)]
    [InlineData(Rename)]
    [InlineData(272u)] // unshare
    [InlineData(321u)] // bpf
    [InlineData(0x4000_0000u)] // read of the second set
    public void Other_programs_sockets_and_files_are_refused(uint number) => Assert.Equal(SystemCallFilter.Refused, Ask(number));

    [Fact]
    public void Calls_of_another_architecture_are_refused() => Assert.Equal(SystemCallFilter.Refused, Ask(Read, architecture: 0x4000_0003));

    [Fact]
    public void Threads_may_begin_and_processes_may_not()
    {
        Assert.Equal(SystemCallFilter.Allowed, Ask(Clone, [ThreadFlags]));
        Assert.Equal(SystemCallFilter.Refused, Ask(Clone, [ForkFlags]));
        Assert.Equal(SystemCallFilter.Unknown, Ask(Clone3));
    }

    [Theory]
    [InlineData(0x8_0000ul, false)] // O_RDONLY | O_CLOEXEC
    [InlineData(0x8_0001ul, true)] // O_WRONLY
    [InlineData(0x8_0002ul, true)] // O_RDWR
    [InlineData(0x8_0040ul, true)] // O_CREAT
    [InlineData(0x8_0200ul, true)] // O_TRUNC
    public void Files_are_opened_for_reading_only(ulong flags, bool isRefused)
    {
        uint expected = isRefused ? SystemCallFilter.Refused : SystemCallFilter.Allowed;

        Assert.Equal(expected, Ask(OpenAt, [0, 0, flags]));
        Assert.Equal(expected, Ask(Open, [0, flags]));
    }

    [Fact]
    public void Verb_that_keeps_logs_may_write_files_and_one_that_sends_may_open_sockets()
    {
        Assert.Equal(SystemCallFilter.Allowed, Run(SystemCallFilter.Build(X64, writesFiles: true, usesNetwork: false), OpenAt, [0, 0, 0x241], X64.Architecture));
        Assert.Equal(SystemCallFilter.Refused, Run(SystemCallFilter.Build(X64, writesFiles: true, usesNetwork: false), Socket, [], X64.Architecture));
        Assert.Equal(SystemCallFilter.Allowed, Run(SystemCallFilter.Build(X64, writesFiles: false, usesNetwork: true), Socket, [], X64.Architecture));
        Assert.Equal(SystemCallFilter.Refused, Run(SystemCallFilter.Build(X64, writesFiles: true, usesNetwork: true), Execve, [], X64.Architecture));
    }

    [Fact]
    public void Every_architecture_refuses_as_many_kinds_of_call()
    {
        SystemCallTable arm = SystemCallTable.Of(Architecture.Arm64)!;

        Assert.Equal(X64.Network.Length, arm.Network.Length);
        Assert.Equal(arm.Never.Length, arm.Never.Distinct().Count());
        Assert.Equal(X64.Never.Length, X64.Never.Distinct().Count());
        Assert.Equal(SystemCallFilter.Refused, Run(SystemCallFilter.Build(arm, writesFiles: false, usesNetwork: false), 221, [], arm.Architecture));
        Assert.Equal(SystemCallFilter.Allowed, Run(SystemCallFilter.Build(arm, writesFiles: false, usesNetwork: false), 63, [], arm.Architecture));
    }

    private static uint Ask(uint number, ulong[]? arguments = null, uint? architecture = null) =>
        Run(SystemCallFilter.Build(X64, writesFiles: false, usesNetwork: false), number, arguments ?? [], architecture ?? X64.Architecture);

    // struct seccomp_data: number, architecture, instruction pointer, six arguments.
    private static uint Run(FilterInstruction[] program, uint number, ulong[] arguments, uint architecture)
    {
        uint accumulator = 0;
        for (int at = 0; ; at++)
        {
            FilterInstruction instruction = program[at];
            switch (instruction.Code)
            {
                case SystemCallFilter.Load:
                    accumulator = instruction.Value switch
                    {
                        0 => number,
                        4 => architecture,
                        >= 16 => (uint)(arguments.ElementAtOrDefault((int)(instruction.Value - 16) / 8) >> (instruction.Value % 8 == 0 ? 0 : 32)),
                        _ => 0,
                    };
                    break;
                case SystemCallFilter.JumpIfEqual:
                    at += accumulator == instruction.Value ? instruction.IfTrue : instruction.IfFalse;
                    break;
                case SystemCallFilter.JumpIfAtLeast:
                    at += accumulator >= instruction.Value ? instruction.IfTrue : instruction.IfFalse;
                    break;
                case SystemCallFilter.JumpIfAnyBit:
                    at += (accumulator & instruction.Value) != 0 ? instruction.IfTrue : instruction.IfFalse;
                    break;
                default:
                    return instruction.Value;
            }
        }
    }
}
