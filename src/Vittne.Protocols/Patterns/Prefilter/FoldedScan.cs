using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Vittne.Protocols.Patterns.Prefilter;

/// <summary>
/// Sequences that begin alike and have single bytes or one letter in both cases there: <c>[Pp][Aa][Ss][Ss]</c>. The two rarest places of what they
/// share are compared, 16 or 32 positions at a time; what passes is compared in full.
/// </summary>
internal sealed class FoldedScan : FactorScan
{
    private readonly SetSequence[] _sequences;
    private readonly Place _first;
    private readonly Place _second;

    private FoldedScan(SetSequence[] sequences, Place first, Place second)
    {
        _sequences = sequences;
        _first = first;
        _second = second;
    }

    /// <summary>The scan; null when the sequences do not begin alike for two bytes at least.</summary>
    public static FoldedScan? TryCreate(SetSequence[] sequences)
    {
        Place? first = null;
        Place? second = null;
        for (int i = 0; i < sequences[0].Length && TryPlace(sequences, i) is { } place; i++)
        {
            if (first is null || place.Share < first.Value.Share)
            {
                (first, second) = (place, first);
            }
            else if (second is null || place.Share < second.Value.Share)
            {
                second = place;
            }
        }

        return first is { } rarest && second is { } other
            ? rarest.Offset < other.Offset ? new FoldedScan(sequences, rarest, other) : new FoldedScan(sequences, other, rarest)
            : null;
    }

    /// <inheritdoc/>
    public override int IndexOf(ReadOnlySpan<byte> text)
    {
        int at = 0;
        int last = text.Length - 1 - _second.Offset;
        if (Vector256.IsHardwareAccelerated && last >= Vector256<byte>.Count)
        {
            ref byte start = ref MemoryMarshal.GetReference(text);
            Vector256<byte> firstFold = Vector256.Create(_first.Fold), firstValue = Vector256.Create(_first.Value);
            Vector256<byte> secondFold = Vector256.Create(_second.Fold), secondValue = Vector256.Create(_second.Value);
            for (; at + Vector256<byte>.Count - 1 <= last; at += Vector256<byte>.Count)
            {
                Vector256<byte> hits = Vector256.Equals(Vector256.LoadUnsafe(ref start, (nuint)(at + _first.Offset)) | firstFold, firstValue)
                    & Vector256.Equals(Vector256.LoadUnsafe(ref start, (nuint)(at + _second.Offset)) | secondFold, secondValue);
                if (hits != Vector256<byte>.Zero && TryVerify(text, at, hits.ExtractMostSignificantBits(), out int found))
                {
                    return found;
                }
            }
        }

        if (Vector128.IsHardwareAccelerated && at + Vector128<byte>.Count - 1 <= last)
        {
            ref byte start = ref MemoryMarshal.GetReference(text);
            for (; at + Vector128<byte>.Count - 1 <= last; at += Vector128<byte>.Count)
            {
                Vector128<byte> hits = Vector128.Equals(Vector128.LoadUnsafe(ref start, (nuint)(at + _first.Offset)) | Vector128.Create(_first.Fold), Vector128.Create(_first.Value))
                    & Vector128.Equals(Vector128.LoadUnsafe(ref start, (nuint)(at + _second.Offset)) | Vector128.Create(_second.Fold), Vector128.Create(_second.Value));
                if (hits != Vector128<byte>.Zero && TryVerify(text, at, hits.ExtractMostSignificantBits(), out int found))
                {
                    return found;
                }
            }
        }

        for (; at <= last; at++)
        {
            if ((text[at + _first.Offset] | _first.Fold) == _first.Value && (text[at + _second.Offset] | _second.Fold) == _second.Value && Matches(text, at))
            {
                return at;
            }
        }

        return -1;
    }

    private bool TryVerify(ReadOnlySpan<byte> text, int at, uint mask, out int found)
    {
        for (; mask != 0; mask &= mask - 1)
        {
            found = at + BitOperations.TrailingZeroCount(mask);
            if (Matches(text, found))
            {
                return true;
            }
        }

        found = -1;
        return false;
    }

    private bool Matches(ReadOnlySpan<byte> text, int at)
    {
        foreach (SetSequence sequence in _sequences)
        {
            if (sequence.Matches(text, at))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The place at an offset; null when the sequences differ there or the set is another kind.</summary>
    private static Place? TryPlace(SetSequence[] sequences, int offset)
    {
        ByteSet set = sequences[0].Length > offset ? sequences[0][offset] : default;
        foreach (SetSequence sequence in sequences)
        {
            if (sequence.Length <= offset || sequence[offset] != set)
            {
                return null;
            }
        }

        byte value = set.First;
        float share = ByteFrequencies.Of(set);
        return set.Count == 1 ? new Place(offset, value, 0, share)
            : set.Count == 2 && char.IsAsciiLetterUpper((char)value) && set.Contains(value | 0x20) ? new Place(offset, (byte)(value | 0x20), 0x20, share)
            : null;
    }

    /// <summary>A byte to compare with.</summary>
    /// <param name="Offset">Where it stands in the sequences.</param>
    /// <param name="Value">What it is, after <paramref name="Fold"/>.</param>
    /// <param name="Fold">Bits that are set before the comparison.</param>
    /// <param name="Share">How frequent it is.</param>
    private readonly record struct Place(int Offset, byte Value, byte Fold, float Share);
}
