namespace Vittne.Protocols.Patterns.Prefilter;

/// <summary>Finds the first place in a text where one of a few sequences of sets stands; most texts have none, and that is told at the speed of memory.</summary>
internal abstract class FactorScan
{
    /// <summary>The fastest scan for the sequences.</summary>
    public static FactorScan For(SetSequence[] sequences)
    {
        if (sequences.Length == 1 && sequences[0].ToLiteral() is { } literal)
        {
            return new LiteralScan(literal);
        }

        ByteSet all = default;
        bool isSingle = true;
        foreach (SetSequence sequence in sequences)
        {
            isSingle &= sequence.Length == 1;
            all = all.Union(sequence[0]);
        }

        return isSingle ? new SetScan(all) : FoldedScan.TryCreate(sequences) ?? (FactorScan)new FingerprintScan(sequences);
    }

    /// <summary>Where the sequence that is found begins; -1 when there is none. With one sequence, its first place.</summary>
    public abstract int IndexOf(ReadOnlySpan<byte> text);
}
