using System.IO.Hashing;
using System.Runtime.CompilerServices;

namespace Vittne.Trails.Heuristics.Names;

/// <summary>How much text different names below one parent carried in a window, in a fixed 700 bytes.</summary>
internal sealed class NameVolume
{
    private const int Bits = 1024;
    private const int Characters = 128;

    private Bitmap _seen;
    private Counts _counts;
    private bool _isBegun;

    /// <summary>When the window began.</summary>
    public long BeginNs { get; private set; }

    /// <summary>Different names; beyond some hundreds the real number is higher, since two may share a bit.</summary>
    public int Names { get; private set; }

    /// <summary>Characters that these names have in front of the parent.</summary>
    public int Length { get; private set; }

    /// <summary>True when this was told.</summary>
    public bool IsTold { get; set; }

    /// <summary>When this was told.</summary>
    public long ToldNs { get; set; }

    /// <summary>True while the window is open.</summary>
    public bool IsWithin(long nowNs, long windowNs) => _isBegun && Math.Abs(nowNs - BeginNs) <= windowNs;

    /// <summary>Notes a name.</summary>
    /// <param name="text">What stands in front of the parent.</param>
    /// <param name="nowNs">When it was asked for.</param>
    /// <param name="windowNs">Width of the window; a name behind its end begins a new one.</param>
    /// <returns>True when the window had not seen it.</returns>
    public bool Add(ReadOnlySpan<byte> text, long nowNs, long windowNs)
    {
        if (!IsWithin(nowNs, windowNs))
        {
            (_isBegun, BeginNs, Names, Length, _seen, _counts) = (true, nowNs, 0, 0, default, default);
        }

        int bit = (int)(XxHash3.HashToUInt64(text) % Bits);
        ref ulong word = ref _seen[bit / 64];
        if ((word & (1UL << bit)) != 0)
        {
            return false;
        }

        word |= 1UL << bit;
        Names++;
        Length += text.Length;
        foreach (byte character in text)
        {
            _counts[character % Characters]++;
        }

        return true;
    }

    /// <summary>Shannon entropy of the characters, bits each.</summary>
    public double EntropyBits()
    {
        double entropy = 0;
        foreach (int count in _counts)
        {
            double share = (double)count / Math.Max(1, Length);
            entropy -= count > 0 ? share * Math.Log2(share) : 0;
        }

        return entropy;
    }

    [InlineArray(Bits / 64)]
    private struct Bitmap
    {
        private ulong _first;
    }

    [InlineArray(Characters)]
    private struct Counts
    {
        private int _first;
    }
}
