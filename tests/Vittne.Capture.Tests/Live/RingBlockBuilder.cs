using System.Runtime.InteropServices;
using Vittne.TestKit;

namespace Vittne.Capture.Tests.Live;

/// <summary>Builds a block of a TPACKET_V3 ring as the kernel lays it out.</summary>
internal sealed class RingBlockBuilder
{
    private const int BlockHeader = 48;
    private const int LinkOffset = 128;

    private readonly List<byte[]> _frames = [];

    /// <summary>Appends a packet.</summary>
    public RingBlockBuilder Add(byte[] data, uint status = 0, ushort vlanTag = 0, ushort vlanType = 0, ushort protocol = 0x0800, byte direction = 0, int interfaceIndex = 2)
    {
        byte[] frame = new byte[(LinkOffset + data.Length + 15) & ~15];
        uint[] numbers = [(uint)frame.Length, 1_700_000_000, 123_456_789, (uint)data.Length, (uint)data.Length, status];
        MemoryMarshal.AsBytes<uint>(numbers).CopyTo(frame);
        MemoryMarshal.Write(frame.AsSpan(24), (ushort)LinkOffset);
        MemoryMarshal.Write(frame.AsSpan(26), (ushort)(LinkOffset + 14));
        MemoryMarshal.Write(frame.AsSpan(32), (uint)vlanTag);
        MemoryMarshal.Write(frame.AsSpan(36), vlanType);
        MemoryMarshal.Write(frame.AsSpan(48), (ushort)17);
        Frames.UInt16(protocol).CopyTo(frame, 50);
        MemoryMarshal.Write(frame.AsSpan(52), interfaceIndex);
        MemoryMarshal.Write(frame.AsSpan(56), (ushort)1);
        frame[58] = direction;
        frame[59] = 6;
        ((byte[])[2, 0, 0, 0, 0, 9, 0, 0]).CopyTo(frame, 60);
        data.CopyTo(frame, LinkOffset);
        _frames.Add(frame);
        return this;
    }

    /// <summary>The whole block.</summary>
    public byte[] ToArray(uint? count = null)
    {
        if (_frames.Count > 0)
        {
            // The last packet has no distance to a next one.
            _frames[^1].AsSpan(0, 4).Clear();
        }

        uint[] header = [1, 0, 1, count ?? (uint)_frames.Count, BlockHeader];
        byte[] block = new byte[BlockHeader + _frames.Sum(static frame => frame.Length)];
        MemoryMarshal.AsBytes<uint>(header).CopyTo(block);
        int at = BlockHeader;
        foreach (byte[] frame in _frames)
        {
            frame.CopyTo(block, at);
            at += frame.Length;
        }

        return block;
    }
}
