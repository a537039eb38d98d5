using System.Buffers.Binary;
using System.IO.Hashing;

namespace Vittne.Capture.Writing;

/// <summary>Compresses into one LZ4 frame (lz4_Frame_format.md 1.6.4) of independent blocks, with a checksum of the content.</summary>
/// <param name="raw">Where the frame goes; owned.</param>
internal sealed class Lz4OutputStream(Stream raw) : Stream
{
    private const int BlockLength = 256 << 10;

    /// <summary>Version 1, independent blocks, content checksum.</summary>
    private const byte Flags = 0x64;

    /// <summary>Blocks of 256 KB.</summary>
    private const byte BlockSizeCode = 0x50;

    private const uint Magic = 0x184D2204;
    private const uint Stored = 0x80000000;

    private readonly Lz4Encoder _encoder = new();
    private readonly XxHash32 _hash = new();
    private readonly byte[] _block = new byte[BlockLength];
    private readonly byte[] _encoded = new byte[4 + Lz4Encoder.MaxLength(BlockLength)];
    private int _used;
    private bool _hasBegun;
    private bool _isClosed;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _hash.Append(buffer);
        while (!buffer.IsEmpty)
        {
            int count = Math.Min(buffer.Length, BlockLength - _used);
            buffer[..count].CopyTo(_block.AsSpan(_used));
            buffer = buffer[count..];
            _used += count;
            if (_used == BlockLength)
            {
                WriteBlock();
            }
        }
    }

    public override void Flush()
    {
        WriteBlock();
        raw.Flush();
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isClosed)
        {
            _isClosed = true;
            try
            {
                WriteBlock();
                Begin();
                Span<byte> end = stackalloc byte[8];
                end.Clear();
                BinaryPrimitives.WriteUInt32LittleEndian(end[4..], _hash.GetCurrentHashAsUInt32());
                raw.Write(end);
            }
            finally
            {
                raw.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private void Begin()
    {
        if (!_hasBegun)
        {
            _hasBegun = true;
            Span<byte> header = stackalloc byte[7];
            BinaryPrimitives.WriteUInt32LittleEndian(header, Magic);
            header[4] = Flags;
            header[5] = BlockSizeCode;
            header[6] = (byte)(XxHash32.HashToUInt32(header[4..6]) >> 8);
            raw.Write(header);
        }
    }

    private void WriteBlock()
    {
        if (_used == 0)
        {
            return;
        }

        Begin();
        int length = _encoder.Encode(_block.AsSpan(0, _used), _encoded.AsSpan(4));
        if (length < _used)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(_encoded, (uint)length);
        }
        else
        {
            length = _used;
            _block.AsSpan(0, _used).CopyTo(_encoded.AsSpan(4));
            BinaryPrimitives.WriteUInt32LittleEndian(_encoded, (uint)length | Stored);
        }

        _used = 0;
        raw.Write(_encoded.AsSpan(0, 4 + length));
    }
}
