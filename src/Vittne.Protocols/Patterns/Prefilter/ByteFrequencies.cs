namespace Vittne.Protocols.Patterns.Prefilter;

/// <summary>How often bytes occur in traffic, roughly: half of it is encrypted or packed and even, the other half text and small numbers.</summary>
internal static class ByteFrequencies
{
    private static readonly float[] Shares = Make();

    /// <summary>Share of the bytes of traffic that are in the set, 0 to 1.</summary>
    public static float Of(ByteSet set)
    {
        float sum = 0;
        for (int value = 0; value < 256; value++)
        {
            sum += set.Contains(value) ? Shares[value] : 0;
        }

        return sum;
    }

    private static float[] Make()
    {
        float[] shares = new float[256];
        float sum = 0;
        for (int value = 0; value < shares.Length; value++)
        {
            shares[value] = (char)value switch
            {
                '\0' => 24,
                ' ' or 'e' or 't' or 'a' or 'o' => 12,
                'i' or 'n' or 's' or 'r' => 8,
                >= 'a' and <= 'z' => 4,
                >= '0' and <= '9' or '.' or '/' or '-' or '\r' or '\n' or '\x01' or '\xff' => 4,
                >= 'A' and <= 'Z' => 2,
                > ' ' and <= '~' => 1.5f,
                _ => 0.6f,
            };
            sum += shares[value];
        }

        for (int value = 0; value < shares.Length; value++)
        {
            shares[value] /= sum;
        }

        return shares;
    }
}
