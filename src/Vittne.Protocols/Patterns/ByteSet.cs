using System.Numerics;

namespace Vittne.Protocols.Patterns;

/// <summary>A set of byte values, 256 bits.</summary>
internal readonly record struct ByteSet(ulong A, ulong B, ulong C, ulong D)
{
    /// <summary>Every byte.</summary>
    public static ByteSet All => new(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue);

    /// <summary><c>\d</c>.</summary>
    public static ByteSet Digits => default(ByteSet).WithRange('0', '9');

    /// <summary><c>\w</c>: ASCII letters, digits and <c>_</c>.</summary>
    public static ByteSet Word => Digits.WithRange('a', 'z').WithRange('A', 'Z').With('_');

    /// <summary><c>\s</c>: blank, tab, line feed, vertical tab, form feed, carriage return.</summary>
    public static ByteSet Space => default(ByteSet).WithRange('\t', '\r').With(' ');

    /// <summary>How many values are in the set.</summary>
    public int Count => BitOperations.PopCount(A) + BitOperations.PopCount(B) + BitOperations.PopCount(C) + BitOperations.PopCount(D);

    /// <summary>The smallest value in the set; meaningless when it is empty.</summary>
    public byte First => (byte)(A != 0 ? BitOperations.TrailingZeroCount(A)
        : B != 0 ? 64 + BitOperations.TrailingZeroCount(B)
        : C != 0 ? 128 + BitOperations.TrailingZeroCount(C)
        : 192 + BitOperations.TrailingZeroCount(D));

    /// <summary>True when the value is in the set.</summary>
    public bool Contains(int value) => ((Part(value >> 6) >> (value & 63)) & 1) != 0;

    /// <summary>The set and this value.</summary>
    public ByteSet With(int value)
    {
        ulong bit = 1UL << (value & 63);
        return (value >> 6) switch
        {
            0 => this with { A = A | bit },
            1 => this with { B = B | bit },
            2 => this with { C = C | bit },
            _ => this with { D = D | bit },
        };
    }

    /// <summary>The set and all values from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public ByteSet WithRange(int low, int high)
    {
        ByteSet set = this;
        for (int value = low; value <= high; value++)
        {
            set = set.With(value);
        }

        return set;
    }

    /// <summary>What is in either set.</summary>
    public ByteSet Union(ByteSet other) => new(A | other.A, B | other.B, C | other.C, D | other.D);

    /// <summary>What is not in the set.</summary>
    public ByteSet Negate() => new(~A, ~B, ~C, ~D);

    /// <summary>The set with the other case of every ASCII letter in it.</summary>
    public ByteSet FoldCase()
    {
        // The second word holds 0x40-0x7F: upper-case letters are its bits 1-26, lower-case ones lie 32 higher.
        const ulong UpperLetters = 0x07FF_FFFEUL;
        ulong letters = (B | (B >> 32)) & UpperLetters;
        return this with { B = B | letters | (letters << 32) };
    }

    private ulong Part(int index) => index switch { 0 => A, 1 => B, 2 => C, _ => D };
}
