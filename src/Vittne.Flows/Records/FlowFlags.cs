namespace Vittne.Flows.Records;

/// <summary>TCP flags as letters, in the order <c>FSRPAUEC</c> of their bits.</summary>
public static class FlowFlags
{
    private const string Letters = "FSRPAUEC";
    private static readonly string[] Texts = Enumerable.Range(0, 256).Select(Make).ToArray();

    /// <summary>The letters of a flag byte; <c>.</c> for none; null when it is not known (negative).</summary>
    public static string? Text(int flags) => flags < 0 ? null : Texts[flags & 0xFF];

    /// <summary>The flag byte of letters in any order; dots are skipped; -1 for other characters.</summary>
    public static short Parse(ReadOnlySpan<char> text)
    {
        int flags = 0;
        foreach (char letter in text)
        {
            int bit = Letters.IndexOf(letter);
            if (bit < 0 && letter != '.')
            {
                return -1;
            }

            flags |= bit < 0 ? 0 : 1 << bit;
        }

        return (short)flags;
    }

    private static string Make(int flags)
    {
        string text = string.Concat(Letters.Where((_, bit) => (flags & (1 << bit)) != 0));
        return text.Length == 0 ? "." : text;
    }
}
