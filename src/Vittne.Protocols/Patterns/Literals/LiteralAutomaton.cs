namespace Vittne.Protocols.Patterns.Literals;

/// <summary>
/// Many plain texts at once, one step for each byte (Aho and Corasick 1975). In the state in which no text is under way, which is the usual one,
/// a small table of the first bytes of all texts tells whether one can begin here.
/// </summary>
internal sealed class LiteralAutomaton
{
    /// <summary>Bytes in all texts together: about 20 bytes of memory for each.</summary>
    private const int MaxStates = 8 << 20;

    private const int MaxWidth = 3;
    private const int FilterBits = 18;

    private readonly LiteralTrie _trie;
    private readonly ulong[] _filter = new ulong[(1 << FilterBits) / 64];
    private readonly int _width;

    private LiteralAutomaton(LiteralTrie trie, int width)
    {
        _trie = trie;
        _width = width;
    }

    /// <summary>Builds the automaton; null when the texts are too long together.</summary>
    /// <param name="literals">The texts, none empty, in order of preference, each with the number that a match is told with.</param>
    public static LiteralAutomaton? TryBuild(IReadOnlyList<(byte[] Literal, int Number)> literals)
    {
        long total = 1;
        int width = MaxWidth;
        foreach ((byte[] literal, int _) in literals)
        {
            total += literal.Length;
            width = Math.Min(width, literal.Length);
        }

        if (total > MaxStates)
        {
            return null;
        }

        var automaton = new LiteralAutomaton(new LiteralTrie((int)total), width);
        foreach ((byte[] literal, int number) in literals)
        {
            automaton._trie.Add(literal, number);
            int slot = automaton.SlotOf(literal);
            automaton._filter[slot >> 6] |= 1UL << (slot & 63);
        }

        automaton._trie.Link();
        return automaton;
    }

    /// <summary>True when one of the texts is in the text.</summary>
    public bool IsMatch(ReadOnlySpan<byte> text) => Run(text, isAny: true, out _, out _, out _);

    /// <summary>Finds the leftmost of them, of equals the first.</summary>
    public bool TryFind(ReadOnlySpan<byte> text, out int number, out int start, out int length) => Run(text, isAny: false, out number, out start, out length);

    private bool Run(ReadOnlySpan<byte> text, bool isAny, out int number, out int start, out int length)
    {
        (number, start, length) = (-1, int.MaxValue, 0);
        int state = LiteralTrie.Root;
        for (int at = 0; at < text.Length; at++)
        {
            if (state == LiteralTrie.Root)
            {
                if (number >= 0)
                {
                    break;
                }

                at = NextBegin(text, at);
                if (at < 0)
                {
                    break;
                }
            }

            state = _trie.Next(state, text[at]);
            for (int found = _trie.FirstOutput(state); found > 0; found = _trie.NextOutput(found))
            {
                int from = at + 1 - _trie.Depth(found);
                if (from < start || (from == start && _trie.Number(found) < number))
                {
                    (number, start, length) = (_trie.Number(found), from, _trie.Depth(found));
                }
            }

            // Whatever is still under way begins behind the match.
            if (number >= 0 && (isAny || at + 1 - _trie.Depth(state) > start))
            {
                break;
            }
        }

        start = number >= 0 ? start : 0;
        return number >= 0;
    }

    private int NextBegin(ReadOnlySpan<byte> text, int at)
    {
        int last = text.Length - _width;
        for (; at <= last; at++)
        {
            int slot = SlotOf(text[at..]);
            if (((_filter[slot >> 6] >> (slot & 63)) & 1) != 0)
            {
                return at;
            }
        }

        return -1;
    }

    private int SlotOf(ReadOnlySpan<byte> text)
    {
        uint key = text[0];
        key |= _width > 1 ? (uint)text[1] << 8 : 0;
        key |= _width > 2 ? (uint)text[2] << 16 : 0;
        return (int)((key * 0x9E37_79B1u) >> (32 - FilterBits));
    }
}
