using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Vittne.Protocols.Patterns.Prefilter;

/// <summary>
/// Several sequences at once by fingerprints: up to three neighbouring sets of each are looked up in tables of 16 entries, one for the high and
/// one for the low half of the byte, for 16 or 32 positions with one instruction (the shuffle of Hyperscan's "Teddy", by Geoffrey Langdale). Each
/// of the eight bits of an entry stands for some of the sequences; what passes is compared in full.
/// </summary>
internal sealed class FingerprintScan : FactorScan
{
    private const int Buckets = 8;

    /// <summary>Neighbouring sets that make a fingerprint.</summary>
    private const int MaxWidth = 3;

    private readonly SetSequence[][] _buckets = new SetSequence[Buckets][];
    private readonly int[][] _offsets = new int[Buckets][];
    private readonly Vector128<byte>[] _low = new Vector128<byte>[MaxWidth];
    private readonly Vector128<byte>[] _high = new Vector128<byte>[MaxWidth];
    private readonly int _minimum = int.MaxValue;

    public FingerprintScan(SetSequence[] sequences)
    {
        int width = MaxWidth;
        foreach (SetSequence sequence in sequences)
        {
            width = Math.Min(width, sequence.Length);
            _minimum = Math.Min(_minimum, sequence.Length);
        }

        var sorted = new List<(SetSequence Sequence, int Offset)>[Buckets];
        byte[,] low = new byte[MaxWidth, 16];
        byte[,] high = new byte[MaxWidth, 16];
        for (int i = 0; i < sequences.Length; i++)
        {
            int bucket = i % Buckets;
            int offset = RarestWindow(sequences[i], width);
            (sorted[bucket] ??= []).Add((sequences[i], offset));
            for (int at = 0; at < MaxWidth; at++)
            {
                Enter(low, high, at, bucket, at < width ? sequences[i][offset + at] : ByteSet.All);
            }
        }

        for (int bucket = 0; bucket < Buckets; bucket++)
        {
            _buckets[bucket] = sorted[bucket]?.ConvertAll(static entry => entry.Sequence).ToArray() ?? [];
            _offsets[bucket] = sorted[bucket]?.ConvertAll(static entry => entry.Offset).ToArray() ?? [];
        }

        for (int at = 0; at < MaxWidth; at++)
        {
            _low[at] = Row(low, at);
            _high[at] = Row(high, at);
        }
    }

    /// <inheritdoc/>
    public override int IndexOf(ReadOnlySpan<byte> text)
    {
        if (text.Length < _minimum)
        {
            return -1;
        }

        // Fingerprints at the end of the text need bytes behind it.
        if (text.Length < Vector128<byte>.Count + MaxWidth - 1 || !Vector128.IsHardwareAccelerated)
        {
            return FindOneByOne(text, 0);
        }

        return Avx2.IsSupported && text.Length >= Vector256<byte>.Count + MaxWidth - 1 ? FindWide(text) : Find(text, 0);
    }

    private int FindWide(ReadOnlySpan<byte> text)
    {
        ref byte start = ref MemoryMarshal.GetReference(text);
        Vector256<byte> low0 = Vector256.Create(_low[0], _low[0]), low1 = Vector256.Create(_low[1], _low[1]), low2 = Vector256.Create(_low[2], _low[2]);
        Vector256<byte> high0 = Vector256.Create(_high[0], _high[0]), high1 = Vector256.Create(_high[1], _high[1]), high2 = Vector256.Create(_high[2], _high[2]);
        Vector256<byte> nibble = Vector256.Create((byte)15);
        int last = text.Length - Vector256<byte>.Count - (MaxWidth - 1);
        int at = 0;
        for (; at <= last; at += Vector256<byte>.Count)
        {
            Vector256<byte> first = Vector256.LoadUnsafe(ref start, (nuint)at);
            Vector256<byte> second = Vector256.LoadUnsafe(ref start, (nuint)(at + 1));
            Vector256<byte> third = Vector256.LoadUnsafe(ref start, (nuint)(at + 2));
            Vector256<byte> hits = Avx2.Shuffle(low0, first & nibble) & Avx2.Shuffle(high0, (first.AsUInt16() >> 4).AsByte() & nibble)
                & Avx2.Shuffle(low1, second & nibble) & Avx2.Shuffle(high1, (second.AsUInt16() >> 4).AsByte() & nibble)
                & Avx2.Shuffle(low2, third & nibble) & Avx2.Shuffle(high2, (third.AsUInt16() >> 4).AsByte() & nibble);
            if (hits != Vector256<byte>.Zero && TryVerify(text, at, ~Vector256.Equals(hits, Vector256<byte>.Zero).ExtractMostSignificantBits(), out int found))
            {
                return found;
            }
        }

        return Find(text, at);
    }

    private int Find(ReadOnlySpan<byte> text, int at)
    {
        ref byte start = ref MemoryMarshal.GetReference(text);
        Vector128<byte> nibble = Vector128.Create((byte)15);
        int last = text.Length - Vector128<byte>.Count - (MaxWidth - 1);
        for (; at <= last; at += Vector128<byte>.Count)
        {
            Vector128<byte> hits = Vector128<byte>.AllBitsSet;
            for (int i = 0; i < MaxWidth; i++)
            {
                Vector128<byte> bytes = Vector128.LoadUnsafe(ref start, (nuint)(at + i));
                hits &= Vector128.ShuffleNative(_low[i], bytes & nibble) & Vector128.ShuffleNative(_high[i], (bytes.AsUInt16() >> 4).AsByte() & nibble);
            }

            uint mask = (ushort)~Vector128.Equals(hits, Vector128<byte>.Zero).ExtractMostSignificantBits();
            if (mask != 0 && TryVerify(text, at, mask, out int found))
            {
                return found;
            }
        }

        return FindOneByOne(text, at);
    }

    private int FindOneByOne(ReadOnlySpan<byte> text, int at)
    {
        for (; at < text.Length; at++)
        {
            if (TryVerifyAt(text, at, out int found))
            {
                return found;
            }
        }

        return -1;
    }

    private bool TryVerify(ReadOnlySpan<byte> text, int at, uint mask, out int found)
    {
        for (; mask != 0; mask &= mask - 1)
        {
            if (TryVerifyAt(text, at + BitOperations.TrailingZeroCount(mask), out found))
            {
                return true;
            }
        }

        found = -1;
        return false;
    }

    /// <summary>Compares the sequences whose fingerprint stands at the position.</summary>
    private bool TryVerifyAt(ReadOnlySpan<byte> text, int at, out int found)
    {
        int bits = _low[0].GetElement(text[at] & 15) & _high[0].GetElement(text[at] >> 4);
        for (int i = 1; i < MaxWidth && at + i < text.Length; i++)
        {
            bits &= _low[i].GetElement(text[at + i] & 15) & _high[i].GetElement(text[at + i] >> 4);
        }

        for (; bits != 0; bits &= bits - 1)
        {
            int bucket = BitOperations.TrailingZeroCount(bits);
            SetSequence[] sequences = _buckets[bucket];
            for (int i = 0; i < sequences.Length; i++)
            {
                found = at - _offsets[bucket][i];
                if (sequences[i].Matches(text, found))
                {
                    return true;
                }
            }
        }

        found = -1;
        return false;
    }

    private static int RarestWindow(SetSequence sequence, int width)
    {
        int best = 0;
        float least = float.MaxValue;
        for (int offset = 0; offset + width <= sequence.Length; offset++)
        {
            float share = 1;
            for (int i = 0; i < width; i++)
            {
                share *= ByteFrequencies.Of(sequence[offset + i]);
            }

            if (share < least)
            {
                (best, least) = (offset, share);
            }
        }

        return best;
    }

    private static void Enter(byte[,] low, byte[,] high, int at, int bucket, ByteSet set)
    {
        for (int value = 0; value < 256; value++)
        {
            if (set.Contains(value))
            {
                low[at, value & 15] |= (byte)(1 << bucket);
                high[at, value >> 4] |= (byte)(1 << bucket);
            }
        }
    }

    private static Vector128<byte> Row(byte[,] table, int at)
    {
        Span<byte> row = stackalloc byte[16];
        for (int i = 0; i < row.Length; i++)
        {
            row[i] = table[at, i];
        }

        return Vector128.Create<byte>(row);
    }
}
