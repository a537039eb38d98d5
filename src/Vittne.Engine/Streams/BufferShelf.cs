using System.Buffers;
using System.Numerics;

namespace Vittne.Engine.Streams;

/// <summary>
/// Buffers of one worker, by size. The shared pool of the runtime keeps a few of each size; thousands of streams hold one at a time, and new
/// arrays would have to be cleared and collected.
/// </summary>
internal sealed class BufferShelf
{
    private const int SmallestBits = 9;
    private const int LargestBits = 16;

    // Free buffers beyond this are left to the collector, so that a burst of one size does not stay for ever.
    private const long MaxFreeBytes = 16 << 20;

    private readonly Stack<byte[]>[] _free = new Stack<byte[]>[LargestBits - SmallestBits + 1];
    private long _freeBytes;

    public BufferShelf()
    {
        for (int i = 0; i < _free.Length; i++)
        {
            _free[i] = new Stack<byte[]>();
        }
    }

    /// <summary>A buffer of at least so many bytes, whose content may be anything.</summary>
    public byte[] Take(int length)
    {
        int bits = Math.Max(SmallestBits, BitOperations.Log2((uint)Math.Max(1, length - 1)) + 1);
        if (bits > LargestBits)
        {
            return ArrayPool<byte>.Shared.Rent(length);
        }

        if (_free[bits - SmallestBits].TryPop(out byte[]? buffer))
        {
            _freeBytes -= buffer.Length;
            return buffer;
        }

        return GC.AllocateUninitializedArray<byte>(1 << bits);
    }

    /// <summary>Takes a buffer back.</summary>
    public void Give(byte[] buffer)
    {
        int bits = BitOperations.Log2((uint)buffer.Length);
        if (bits > LargestBits)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        else if (_freeBytes + buffer.Length <= MaxFreeBytes)
        {
            _freeBytes += buffer.Length;
            _free[bits - SmallestBits].Push(buffer);
        }
    }
}
