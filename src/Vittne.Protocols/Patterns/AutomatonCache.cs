using System.Runtime.InteropServices;

namespace Vittne.Protocols.Patterns;

/// <summary>
/// The states of the deterministic automaton that texts have asked for so far. Rows of <see cref="Transitions"/> are only ever filled in,
/// never changed, so that readers need no lock; who adds holds one.
/// </summary>
internal sealed class AutomatonCache
{
    /// <summary>Entry of a transition that is not known yet.</summary>
    public const int Unknown = 0;

    /// <summary>Entry of a transition that completes a match.</summary>
    public const int Match = -1;

    /// <summary>Entry for the end of the text when nothing has matched.</summary>
    public const int NoMatch = -2;

    /// <summary>Transitions, 4 bytes each: 512 KB.</summary>
    private const int MaxTransitions = 128 * 1024;

    /// <summary>Instructions in all states, 4 bytes each: 256 KB.</summary>
    private const int MaxMembers = 64 * 1024;

    private readonly int _stride;
    private readonly List<int[]> _members = [[]];
    private readonly List<BeforePosition> _before = [BeforePosition.Start];
    private readonly Dictionary<int, List<int>> _rowsByHash = [];
    private int[] _transitions;
    private int _memberCount;

    public AutomatonCache(int stride)
    {
        _stride = stride;
        _transitions = new int[64 * stride];

        // Row 0 is never used, so that no offset of a state is 0.
        Initial = Add([], BeforePosition.Start);
    }

    /// <summary>Offset of the state before the first byte.</summary>
    public int Initial { get; }

    /// <summary>
    /// Offset of the next state at offset of the state + class of the byte, or one of the constants. The array is replaced when it grows.
    /// </summary>
    public int[] Transitions => Volatile.Read(ref _transitions);

    /// <summary>True when no further state may be added.</summary>
    public bool IsFull => (_members.Count + 1) * _stride > MaxTransitions || _memberCount > MaxMembers;

    /// <summary>The instructions of a state, ascending.</summary>
    public ReadOnlySpan<int> MembersOf(int offset) => _members[offset / _stride];

    /// <summary>What lies before the position of a state.</summary>
    public BeforePosition BeforeOf(int offset) => _before[offset / _stride];

    /// <summary>Enters a transition.</summary>
    public void Set(int offset, int byteClass, int next) => Volatile.Write(ref _transitions[offset + byteClass], next);

    /// <summary>Offset of the state with these members; 0 when it is not known and there is no room for it.</summary>
    public int FindOrAdd(ReadOnlySpan<int> members, BeforePosition before)
    {
        if (_rowsByHash.TryGetValue(Hash(members, before), out List<int>? rows))
        {
            foreach (int row in rows)
            {
                if (_before[row] == before && members.SequenceEqual(_members[row]))
                {
                    return row * _stride;
                }
            }
        }

        return IsFull ? 0 : Add(members, before);
    }

    private int Add(ReadOnlySpan<int> members, BeforePosition before)
    {
        int row = _members.Count;
        if ((row + 1) * _stride > _transitions.Length)
        {
            int[] grown = new int[2 * _transitions.Length];
            _transitions.CopyTo(grown, 0);
            Volatile.Write(ref _transitions, grown);
        }

        _members.Add(members.ToArray());
        _before.Add(before);
        _memberCount += members.Length;
        ref List<int>? rows = ref CollectionsMarshal.GetValueRefOrAddDefault(_rowsByHash, Hash(members, before), out _);
        rows ??= [];
        rows.Add(row);
        return row * _stride;
    }

    private static int Hash(ReadOnlySpan<int> members, BeforePosition before)
    {
        HashCode hash = default;
        hash.Add((int)before);
        hash.AddBytes(MemoryMarshal.AsBytes(members));
        return hash.ToHashCode();
    }
}
