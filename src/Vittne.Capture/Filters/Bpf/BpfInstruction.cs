namespace Vittne.Capture.Filters.Bpf;

/// <summary>One instruction of classic BPF (McCanne and Jacobson 1993; struct sock_filter of Linux).</summary>
/// <param name="Code">Class, size, mode.</param>
/// <param name="True">Instructions to skip when a comparison holds.</param>
/// <param name="False">Instructions to skip when not.</param>
/// <param name="Number">Operand.</param>
public readonly record struct BpfInstruction(ushort Code, byte True, byte False, uint Number);
