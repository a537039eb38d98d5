namespace Vittne.Packets.Fragments;

/// <summary>
/// The bytes of fragments that wait, in blocks of one size that are used again and again: a spray of fragments that never become whole
/// costs no allocation, and the collector has nothing to move.
/// </summary>
internal sealed class FragmentStore
{
    /// <summary>Bytes of a block: sprays have small fragments.</summary>
    public const int BlockLength = 128;

    /// <summary>No block.</summary>
    public const int None = -1;

    private const int BlocksPerPage = 2048;

    private readonly List<byte[]> _pages = [];
    private int[] _next = [];
    private int _free = None;
    private int _used;

    /// <summary>Memory that a piece of so many bytes takes.</summary>
    public static int MemoryOf(int length) => (length + BlockLength - 1) / BlockLength * BlockLength;

    /// <summary>Keeps bytes, at least one, behind those that end with a block.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="last">The last block of what is kept already, or <see cref="None"/>; then the last one of this piece.</param>
    /// <returns>The piece: its first block.</returns>
    public int Add(ReadOnlySpan<byte> data, ref int last)
    {
        int first = None;
        while (!data.IsEmpty)
        {
            int block = Take();
            int length = Math.Min(data.Length, BlockLength);
            data[..length].CopyTo(Block(block));
            data = data[length..];
            first = first == None ? block : first;
            if (last != None)
            {
                _next[last] = block;
            }

            last = block;
        }

        return first;
    }

    /// <summary>Copies bytes of a piece, from an offset in it on.</summary>
    public void Copy(int piece, int offset, Span<byte> to)
    {
        for (; offset >= BlockLength; offset -= BlockLength)
        {
            piece = _next[piece];
        }

        while (!to.IsEmpty)
        {
            int length = Math.Min(to.Length, BlockLength - offset);
            Block(piece).Slice(offset, length).CopyTo(to);
            to = to[length..];
            piece = _next[piece];
            offset = 0;
        }
    }

    /// <summary>Gives blocks back, from the first to the last that hang together.</summary>
    public void Remove(int first, int last)
    {
        _next[last] = _free;
        _free = first;
    }

    private int Take()
    {
        int block = _free;
        if (block != None)
        {
            _free = _next[block];
        }
        else
        {
            block = _used++;
            if (block == _pages.Count * BlocksPerPage)
            {
                _pages.Add(GC.AllocateUninitializedArray<byte>(BlocksPerPage * BlockLength));
                Array.Resize(ref _next, Math.Max(_next.Length, (_pages.Count + (_pages.Count / 2)) * BlocksPerPage));
            }
        }

        _next[block] = None;
        return block;
    }

    private Span<byte> Block(int block) => _pages[block / BlocksPerPage].AsSpan(block % BlocksPerPage * BlockLength, BlockLength);
}
