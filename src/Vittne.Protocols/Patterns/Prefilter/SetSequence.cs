namespace Vittne.Protocols.Patterns.Prefilter;

/// <summary>Sets of bytes one after the other: <c>[Hh][Oo][Ss][Tt]</c>.</summary>
internal readonly struct SetSequence(ByteSet[] sets)
{
    /// <summary>Nothing.</summary>
    public static SetSequence Empty => new([]);

    public int Length => sets.Length;

    public ByteSet this[int index] => sets[index];

    public SetSequence Append(SetSequence other) => new([.. sets, .. other.Sets]);

    private ByteSet[] Sets => sets;

    /// <summary>True when the text has a byte of each set at the offset.</summary>
    public bool Matches(ReadOnlySpan<byte> text, int offset)
    {
        if (offset < 0 || offset + sets.Length > text.Length)
        {
            return false;
        }

        for (int i = 0; i < sets.Length; i++)
        {
            if (!sets[i].Contains(text[offset + i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The bytes when each set has one only; null otherwise.</summary>
    public byte[]? ToLiteral()
    {
        byte[] literal = new byte[sets.Length];
        for (int i = 0; i < sets.Length; i++)
        {
            if (sets[i].Count != 1)
            {
                return null;
            }

            literal[i] = sets[i].First;
        }

        return literal;
    }
}
