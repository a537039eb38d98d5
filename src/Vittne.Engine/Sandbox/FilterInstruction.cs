namespace Vittne.Engine.Sandbox;

/// <summary>One instruction of classic BPF (struct sock_filter of linux/filter.h).</summary>
/// <param name="Code">What to do.</param>
/// <param name="IfTrue">Instructions to skip when a comparison holds.</param>
/// <param name="IfFalse">Instructions to skip when it does not.</param>
/// <param name="Value">What to load, compare with or return.</param>
internal readonly record struct FilterInstruction(ushort Code, byte IfTrue, byte IfFalse, uint Value);
