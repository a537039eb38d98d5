using System.Runtime.InteropServices;

namespace Vittne.Capture.Live;

/// <summary>Walks the packets of one block of a TPACKET_V3 ring (<c>tpacket_block_desc</c> of linux/if_packet.h).</summary>
internal struct RingBlock
{
    /// <summary>Position of the status word in a block: 0 while the kernel has it, bit 0 set when it is ours.</summary>
    public const int StatusOffset = 8;

    private const int CountOffset = 12;
    private const int FirstOffset = 16;
    private const int HeaderLength = 48;

    private uint _at;
    private uint _left;

    /// <summary>Begins with the first packet.</summary>
    public RingBlock(ReadOnlySpan<byte> block)
    {
        if (block.Length >= HeaderLength)
        {
            _left = MemoryMarshal.Read<uint>(block[CountOffset..]);
            _at = MemoryMarshal.Read<uint>(block[FirstOffset..]);
        }
    }

    /// <summary>Packets not walked yet.</summary>
    public readonly uint Left => _left;

    /// <summary>
    /// Steps to the next packet. False at the end, and where headers or bytes do not lie in the block: then <see cref="Left"/> tells how
    /// many are lost.
    /// </summary>
    /// <param name="block">The block.</param>
    /// <param name="frame">What the headers say.</param>
    /// <param name="headersEnd">Position behind the headers: the room between it and <paramref name="start"/> is free.</param>
    /// <param name="start">Position of the first byte of the packet.</param>
    public bool TryNext(ReadOnlySpan<byte> block, out RingFrame frame, out int headersEnd, out int start)
    {
        headersEnd = start = 0;
        frame = default;
        if (_left == 0 || !RingFrame.TryRead(block, _at, out frame))
        {
            return false;
        }

        headersEnd = (int)_at + RingFrame.HeaderLength;
        start = (int)_at + frame.LinkOffset;
        if (start < headersEnd || start > block.Length || frame.CapturedLength > (uint)(block.Length - start))
        {
            return false;
        }

        _left--;
        // A distance of 0 would walk in place; with none left it is right.
        _at = frame.Next == 0 ? uint.MaxValue : (uint)Math.Min(uint.MaxValue, (ulong)_at + frame.Next);
        return true;
    }
}
