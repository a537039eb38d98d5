namespace Vittne.Protocols.Patterns.Backtracking;

/// <summary>One step of a <see cref="BacktrackSearch"/>; <see cref="BacktrackOperation"/> says what A and B mean.</summary>
internal readonly record struct BacktrackInstruction(BacktrackOperation Operation, int A = 0, int B = 0);
