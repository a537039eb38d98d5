namespace Vittne.Trails.Text;

/// <summary>How evenly the bytes of a text are spread: names made by an algorithm come out higher than words.</summary>
public static class ShannonEntropy
{
    /// <summary>
    /// Entropy of the byte distribution in bits a byte, 0 (one value only, or nothing at all) to 8 (all 256 values equally often).
    /// </summary>
    public static double OfBits(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return 0;
        }

        Span<int> counts = stackalloc int[256];
        counts.Clear();
        foreach (byte value in text)
        {
            counts[value]++;
        }

        double entropy = 0;
        foreach (int count in counts)
        {
            if (count > 0)
            {
                double share = (double)count / text.Length;
                entropy -= share * Math.Log2(share);
            }
        }

        // A single value gives the negative zero of the subtraction above, which would print as "-0".
        return entropy == 0 ? 0 : entropy;
    }
}
