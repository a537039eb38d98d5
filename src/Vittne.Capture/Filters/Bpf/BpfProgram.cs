namespace Vittne.Capture.Filters.Bpf;

/// <summary>A program of classic BPF.</summary>
/// <param name="Instructions">Its instructions, all jumps forward.</param>
/// <param name="IsWider">It lets packets pass that the expression may not match: the matcher has to look at them again.</param>
public sealed record BpfProgram(IReadOnlyList<BpfInstruction> Instructions, bool IsWider)
{
    /// <summary>Instructions that Linux takes at most (BPF_MAXINSNS).</summary>
    public const int Longest = 4096;
}
