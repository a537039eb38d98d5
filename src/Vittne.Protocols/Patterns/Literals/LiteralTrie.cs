using System.Numerics;

namespace Vittne.Protocols.Patterns.Literals;

/// <summary>
/// The beginnings of all texts as a tree, with links from each to the longest end of it that is a beginning too. Edges are in one table of open
/// addressing: most states have one.
/// </summary>
internal sealed class LiteralTrie
{
    /// <summary>The empty beginning.</summary>
    public const int Root = 0;

    private readonly uint[] _keys;
    private readonly int[] _targets;
    private readonly int[] _parents;
    private readonly byte[] _bytes;
    private readonly int[] _links;
    private readonly int[] _outputs;
    private readonly int[] _depths;
    private readonly int[] _numbers;
    private readonly int _shift;
    private int _count = 1;

    /// <param name="states">Most states: the bytes of all texts and one.</param>
    public LiteralTrie(int states)
    {
        // At most half full.
        int slots = (int)BitOperations.RoundUpToPowerOf2((uint)(2 * states) + 1);
        _shift = 32 - BitOperations.Log2((uint)slots);
        _keys = new uint[slots];
        _targets = new int[slots];
        _parents = new int[states];
        _bytes = new byte[states];
        _links = new int[states];
        _outputs = new int[states];
        _depths = new int[states];
        _numbers = new int[states];
        Array.Fill(_numbers, -1);
    }

    /// <summary>Length of the beginning.</summary>
    public int Depth(int state) => _depths[state];

    /// <summary>Number of the text that ends here.</summary>
    public int Number(int state) => _numbers[state];

    /// <summary>The longest text that ends where the state is; 0 for none.</summary>
    public int FirstOutput(int state) => _numbers[state] >= 0 ? state : _outputs[state];

    /// <summary>The next shorter one; 0 for none.</summary>
    public int NextOutput(int state) => _outputs[state];

    /// <summary>Adds a text; of equal ones the first counts.</summary>
    public void Add(ReadOnlySpan<byte> text, int number)
    {
        int state = Root;
        foreach (byte value in text)
        {
            if (!TryStep(state, value, out int next, out int slot))
            {
                next = _count++;
                _keys[slot] = Key(state, value);
                _targets[slot] = next;
                _parents[next] = state;
                _bytes[next] = value;
                _depths[next] = _depths[state] + 1;
            }

            state = next;
        }

        _numbers[state] = _numbers[state] < 0 ? number : _numbers[state];
    }

    /// <summary>Makes the links; called once, when all texts are in.</summary>
    public void Link()
    {
        int[] order = new int[_count];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        int[] depths = _depths[.._count];
        Array.Sort(depths, order);
        foreach (int state in order)
        {
            if (_depths[state] > 1)
            {
                _links[state] = Next(_links[_parents[state]], _bytes[state]);
            }

            int link = _links[state];
            _outputs[state] = state == Root ? 0 : FirstOutput(link);
        }
    }

    /// <summary>The state after a byte.</summary>
    public int Next(int state, byte value)
    {
        while (true)
        {
            if (TryStep(state, value, out int next, out _))
            {
                return next;
            }

            if (state == Root)
            {
                return Root;
            }

            state = _links[state];
        }
    }

    // Never 0, which marks a free slot.
    private static uint Key(int state, byte value) => (((uint)state << 8) | value) + 1;

    private bool TryStep(int state, byte value, out int next, out int slot)
    {
        uint key = Key(state, value);
        slot = (int)((key * 0x9E37_79B1u) >> _shift);
        while (_keys[slot] != 0)
        {
            if (_keys[slot] == key)
            {
                next = _targets[slot];
                return true;
            }

            slot = (slot + 1) & (_keys.Length - 1);
        }

        next = 0;
        return false;
    }
}
