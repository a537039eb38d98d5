namespace Vittne.Capture.Live;

/// <summary>
/// The blocks that the kernel writes packets into, mapped into this process. Its bytes are reachable as spans only. Blocks are taken and
/// given
/// back by one thread.
/// </summary>
internal sealed unsafe class CaptureRing : IDisposable
{
    private const uint OursFlag = 1;

    private readonly int _blockLength;
    private readonly int[] _holders;
    private byte* _start;

    /// <summary>Maps the ring of a socket.</summary>
    /// <exception cref="LiveCaptureException">The system refuses.</exception>
    public CaptureRing(PacketSocket socket, int blockLength, int blocks)
    {
        _blockLength = blockLength;
        _holders = new int[blocks];
        _start = (byte*)socket.Map((nuint)blockLength * (nuint)blocks);
    }

    /// <summary>Number of the block that comes next.</summary>
    public int Next { get; private set; }

    /// <summary>
    /// Whether the next block is full of news. One that is still held is old, though its status says it is ours: the whole ring is held
    /// then.
    /// </summary>
    public bool IsReady => _start is not null && _holders[Next] == 0 && (Volatile.Read(ref Status(Next)) & OursFlag) != 0;

    /// <summary>Where a block begins in the ring.</summary>
    public long Offset(int block) => (long)block * _blockLength;

    /// <summary>The bytes of a block that is ours.</summary>
    public Span<byte> Block(int block) => _start is null ? default : new Span<byte>(_start + Offset(block), _blockLength);

    /// <summary>Takes the next block.</summary>
    public int Take()
    {
        int block = Next;
        _holders[block] = 1;
        Next = (block + 1) % _holders.Length;
        return block;
    }

    /// <summary>One more holds a block.</summary>
    public void Hold(int block) => _holders[block]++;

    /// <summary>One holder is done with a block; after the last one it is the kernel's again.</summary>
    public void Return(int block)
    {
        if (--_holders[block] == 0 && _start is not null)
        {
            Volatile.Write(ref Status(block), 0);
        }
    }

    /// <summary>Bytes from <paramref name="offset"/> of the ring on; empty when they do not lie in it or the ring is gone.</summary>
    public ReadOnlySpan<byte> Slice(long offset, int length)
    {
        long end = Offset(_holders.Length);
        return _start is null || (ulong)offset > (ulong)end || (uint)length > (ulong)(end - offset)
            ? default
            : new ReadOnlySpan<byte>(_start + offset, length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_start is not null)
        {
            nint start = (nint)_start;
            _start = null;
            _ = LinuxCalls.Unmap(start, (nuint)Offset(_holders.Length));
        }
    }

    private ref uint Status(int block) => ref *(uint*)(_start + Offset(block) + RingBlock.StatusOffset);
}
