using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Vittne.Flows.Metering;

/// <summary>Structs in chunks, so that growing copies nothing and the collector of garbage sees few objects.</summary>
internal sealed class ChunkPool<T>
    where T : struct
{
    private const int ChunkBits = 6;
    private const int ChunkLength = 1 << ChunkBits;

    private readonly List<T[]> _chunks = [];
    private readonly Stack<int> _free = [];
    private int _used;

    /// <summary>An entry by its index.</summary>
    public ref T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref CollectionsMarshal.AsSpan(_chunks)[index >> ChunkBits][index & (ChunkLength - 1)];
    }

    /// <summary>Takes a cleared entry.</summary>
    public int Take()
    {
        if (_free.TryPop(out int index))
        {
            this[index] = default;
            return index;
        }

        index = _used++;
        if (index >> ChunkBits == _chunks.Count)
        {
            _chunks.Add(new T[ChunkLength]);
        }

        return index;
    }

    /// <summary>Gives an entry back.</summary>
    public void Return(int index) => _free.Push(index);
}
