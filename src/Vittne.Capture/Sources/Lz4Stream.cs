using System.Buffers.Binary;
using System.IO.Hashing;

namespace Vittne.Capture.Sources;

/// <summary>Decompresses LZ4 frames (lz4_Frame_format.md 1.6.4), concatenated, skippable and legacy ones included.</summary>
internal sealed class Lz4Stream(Stream compressed) : ReadOnlyStream
{
    private const uint FrameMagic = 0x184D2204;
    private const uint LegacyMagic = 0x184C2102;
    private const uint SkippableMagic = 0x184D2A50;
    private const uint SkippableMask = 0xFFFFFFF0;

    /// <summary>How far back a match may reach.</summary>
    private const int HistoryLength = 64 << 10;

    private const int LegacyBlockLength = 8 << 20;

    /// <summary>Bit of a block size that says that the block is stored as it is.</summary>
    private const uint Stored = 0x80000000;

    private readonly XxHash32 _contentHash = new();
    private byte[] _window = [];
    private byte[] _block = [];
    private int _delivered;
    private int _end;
    private int _blockLength;
    private bool _hasBlockChecksum;
    private bool _hasContentChecksum;
    private bool _isIndependent;
    private FrameKind _frame;

    private enum FrameKind : byte
    {
        None,
        Modern,
        Legacy,
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        while (_delivered == _end)
        {
            bool hasMore = _frame == FrameKind.None ? StartFrame() : ReadBlock();
            if (!hasMore)
            {
                return 0;
            }
        }

        int count = Math.Min(buffer.Length, _end - _delivered);
        _window.AsSpan(_delivered, count).CopyTo(buffer);
        _delivered += count;
        return count;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            compressed.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool StartFrame()
    {
        Span<byte> magic = stackalloc byte[4];
        int count = compressed.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        if (count == 0)
        {
            return false;
        }

        if (count < magic.Length)
        {
            throw new EndOfStreamException("the frame ends inside its magic number");
        }

        StartFrame(BinaryPrimitives.ReadUInt32LittleEndian(magic));
        return true;
    }

    private void StartFrame(uint magic)
    {
        if (magic == FrameMagic)
        {
            ReadDescriptor();
        }
        else if (magic == LegacyMagic)
        {
            _frame = FrameKind.Legacy;
            _hasBlockChecksum = _hasContentChecksum = false;
            _isIndependent = true;
            MakeRoom(LegacyBlockLength);
        }
        else if ((magic & SkippableMask) == SkippableMagic)
        {
            SkipFrame(ReadNumber());
        }
        else
        {
            throw new InvalidDataException("no frame follows the one before");
        }
    }

    private void ReadDescriptor()
    {
        // FLG, BD, content size (8, optional), dictionary (4, optional), header checksum.
        Span<byte> descriptor = stackalloc byte[15];
        compressed.ReadExactly(descriptor[..2]);
        int flags = descriptor[0];
        int sizeCode = (descriptor[1] >> 4) & 7;
        if (flags >> 6 != 1 || sizeCode < 4)
        {
            throw new InvalidDataException("the frame has an unknown version or block size");
        }

        if ((flags & 1) != 0)
        {
            throw new InvalidDataException("the frame needs a dictionary");
        }

        int length = 2 + ((flags & 8) != 0 ? 8 : 0);
        compressed.ReadExactly(descriptor[2..(length + 1)]);
        if ((byte)(XxHash32.HashToUInt32(descriptor[..length]) >> 8) != descriptor[length])
        {
            throw new InvalidDataException("the checksum of a frame header is wrong");
        }

        _frame = FrameKind.Modern;
        _isIndependent = (flags & 0x20) != 0;
        _hasBlockChecksum = (flags & 0x10) != 0;
        _hasContentChecksum = (flags & 4) != 0;
        _contentHash.Reset();
        MakeRoom(1 << (8 + (2 * sizeCode)));
    }

    private void MakeRoom(int blockLength)
    {
        _blockLength = blockLength;
        _delivered = _end = 0;
        if (_window.Length < HistoryLength + blockLength)
        {
            _window = new byte[HistoryLength + blockLength];
        }
    }

    private bool ReadBlock()
    {
        uint size;
        if (_frame == FrameKind.Legacy)
        {
            // Legacy frames have no end mark: they end with the file or where the next number is the magic of a frame.
            Span<byte> bytes = stackalloc byte[4];
            int count = compressed.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (count == 0)
            {
                return false;
            }

            size = count == bytes.Length
                ? BinaryPrimitives.ReadUInt32LittleEndian(bytes)
                : throw new EndOfStreamException("the frame ends inside a block size");
            if (size is FrameMagic or LegacyMagic || (size & SkippableMask) == SkippableMagic)
            {
                _frame = FrameKind.None;
                StartFrame(size);
                return true;
            }
        }
        else
        {
            size = ReadNumber();
            if (size == 0)
            {
                EndFrame();
                return true;
            }
        }

        Decode((int)(size & ~Stored), _frame == FrameKind.Modern && (size & Stored) != 0);
        return true;
    }

    private void Decode(int size, bool isStored)
    {
        // Incompressible data of a legacy block grow by 1/255.
        int most = _frame == FrameKind.Legacy ? _blockLength + (_blockLength / 255) + 16 : _blockLength;
        if (size > most)
        {
            throw new InvalidDataException("a block is longer than its frame allows");
        }

        if (_block.Length < size)
        {
            _block = new byte[most];
        }

        Span<byte> block = _block.AsSpan(0, size);
        compressed.ReadExactly(block);
        if (_hasBlockChecksum && ReadNumber() != XxHash32.HashToUInt32(block))
        {
            throw new InvalidDataException("the checksum of a block is wrong");
        }

        int history = _isIndependent ? 0 : Math.Min(HistoryLength, _end);
        _window.AsSpan(_end - history, history).CopyTo(_window);
        int end = history + size;
        if (isStored)
        {
            block.CopyTo(_window.AsSpan(history));
        }
        else if (!Lz4Block.TryDecode(block, _window.AsSpan(0, history + _blockLength), history, out end))
        {
            throw new InvalidDataException("a block makes no sense");
        }

        _delivered = history;
        _end = end;
        if (_hasContentChecksum)
        {
            _contentHash.Append(_window.AsSpan(history, end - history));
        }
    }

    private void EndFrame()
    {
        _frame = FrameKind.None;
        if (_hasContentChecksum && ReadNumber() != _contentHash.GetCurrentHashAsUInt32())
        {
            throw new InvalidDataException("the checksum of the content is wrong");
        }
    }

    private uint ReadNumber()
    {
        Span<byte> bytes = stackalloc byte[4];
        compressed.ReadExactly(bytes);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    private void SkipFrame(uint length)
    {
        Span<byte> scrap = stackalloc byte[512];
        while (length > 0)
        {
            int part = (int)Math.Min(length, (uint)scrap.Length);
            compressed.ReadExactly(scrap[..part]);
            length -= (uint)part;
        }
    }
}
