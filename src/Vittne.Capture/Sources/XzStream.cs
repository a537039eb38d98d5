using System.Buffers.Binary;
using System.IO.Hashing;

namespace Vittne.Capture.Sources;

/// <summary>
/// Decompresses xz (The .xz File Format 1.2.1), concatenated streams and padding included. Reads the filter LZMA2, which is what everybody
/// uses for data; checks CRC-32 and CRC-64, steps over SHA-256.
/// </summary>
internal sealed class XzStream(Stream compressed) : ReadOnlyStream
{
    // xz -9 has 64 MiB; more only on request, and a few bytes must not make a reader take gigabytes.
    private const long MaxDictionary = 256 << 20;
    private const int MaxChunk = 64 << 10;
    private const int MaxOutput = 2 << 20;
    private const int HeaderLength = 12;
    private const byte Lzma2Filter = 0x21;
    private const byte Crc32Check = 1;
    private const byte Crc64Check = 4;

    private readonly LzmaDecoder _decoder = new();
    private readonly Crc32 _crc32 = new();
    private readonly Crc64 _crc64 = new();
    private readonly byte[] _chunk = new byte[MaxChunk];
    private byte[] _window = [];
    private int _dictionary;
    private int _start;
    private int _delivered;
    private int _end;
    private long _total;
    private long _blockBytes;
    private byte _check;
    private bool _isInStream;
    private bool _isInBlock;
    private bool _hasDictionary;
    private bool _hasState;

    private static ReadOnlySpan<byte> Magic => [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0];

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        while (_delivered == _end)
        {
            if (_isInBlock)
            {
                ReadChunk();
            }
            else if (!_isInStream)
            {
                if (!TryBeginStream())
                {
                    return 0;
                }
            }
            else
            {
                BeginBlockOrEndStream();
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

    private bool TryBeginStream()
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        do
        {
            // Streams may be filled up with zeros, four at a time.
            int count = compressed.ReadAtLeast(header[..4], 4, throwOnEndOfStream: false);
            if (count == 0)
            {
                return false;
            }

            if (count < 4)
            {
                throw new EndOfStreamException("the stream ends inside its header");
            }
        }
        while (!header[..4].ContainsAnyExcept((byte)0));
        compressed.ReadExactly(header[4..]);
        if (!header.StartsWith(Magic) || header[6] != 0 || header[7] > 15
            || Crc32.HashToUInt32(header[6..8]) != BinaryPrimitives.ReadUInt32LittleEndian(header[8..]))
        {
            throw new InvalidDataException("no stream follows the one before");
        }

        _check = header[7];
        _isInStream = true;
        return true;
    }

    private void BeginBlockOrEndStream()
    {
        int size = ReadOne();
        if (size == 0)
        {
            EndStream();
            return;
        }

        Span<byte> header = stackalloc byte[(size + 1) * 4];
        header[0] = (byte)size;
        compressed.ReadExactly(header[1..]);
        if (Crc32.HashToUInt32(header[..^4]) != BinaryPrimitives.ReadUInt32LittleEndian(header[^4..]))
        {
            throw new InvalidDataException("the checksum of a block header is wrong");
        }

        ReadBlockHeader(header[..^4]);
        _crc32.Reset();
        _crc64.Reset();
        _blockBytes = 0;
        _isInBlock = true;
        _hasDictionary = _hasState = false;
    }

    private void ReadBlockHeader(ReadOnlySpan<byte> header)
    {
        byte flags = header[1];
        int at = 2;
        if ((flags & 0x3F) != 0)
        {
            throw new InvalidDataException("a block has more than one filter");
        }

        bool isGood = ((flags & 0x40) == 0 || TryReadNumber(header, ref at, out _)) & ((flags & 0x80) == 0 || TryReadNumber(header, ref at, out _));
        if (!isGood
            || !TryReadNumber(header, ref at, out long filter)
            || filter != Lzma2Filter
            || !TryReadNumber(header, ref at, out long length)
            || length != 1
            || at >= header.Length
            || header[at] > 40)
        {
            throw new InvalidDataException("a block has a filter that is not read");
        }

        int bits = header[at];
        long dictionary = bits == 40 ? uint.MaxValue : (2L | (long)(bits & 1)) << ((bits / 2) + 11);
        if (dictionary > MaxDictionary)
        {
            throw new InvalidDataException($"a block needs {dictionary >> 20} MiB of memory");
        }

        _dictionary = Math.Max((int)dictionary, 4096);
    }

    private void ReadChunk()
    {
        int control = ReadOne();
        _blockBytes++;
        if (control == 0)
        {
            EndBlock();
            return;
        }

        if (control is > 2 and < 0x80)
        {
            throw new InvalidDataException("a chunk has an unknown type");
        }

        bool isCoded = control >= 0x80;
        Span<byte> sizes = stackalloc byte[5];
        int reset = isCoded ? (control >> 5) & 3 : control == 1 ? 3 : 0;
        int headerLength = !isCoded ? 2 : reset >= 2 ? 5 : 4;
        compressed.ReadExactly(sizes[..headerLength]);
        int output = (isCoded ? (control & 0x1F) << 16 : 0) + BinaryPrimitives.ReadUInt16BigEndian(sizes) + 1;
        int input = isCoded ? BinaryPrimitives.ReadUInt16BigEndian(sizes[2..]) + 1 : output;
        MakeRoom(output);
        if (reset == 3)
        {
            _start = _end;
            _total = 0;
            _hasDictionary = true;
        }

        if (isCoded && reset >= 2)
        {
            _hasState = _decoder.TrySetProperties(sizes[4]);
        }
        else if (isCoded && reset == 1)
        {
            _decoder.Reset();
        }

        if (!_hasDictionary || (isCoded && !_hasState))
        {
            throw new InvalidDataException("a block begins in the middle");
        }

        compressed.ReadExactly(isCoded ? _chunk.AsSpan(0, input) : _window.AsSpan(_end, output));
        if (isCoded && !_decoder.TryDecode(_chunk, input, _window, _start, _end, _end + output, _total))
        {
            throw new InvalidDataException("a chunk makes no sense");
        }

        Add(output);
        _blockBytes += headerLength + input;
    }

    private void Add(int output)
    {
        ReadOnlySpan<byte> fresh = _window.AsSpan(_end, output);
        if (_check == Crc32Check)
        {
            _crc32.Append(fresh);
        }
        else if (_check == Crc64Check)
        {
            _crc64.Append(fresh);
        }

        _end += output;
        _total += output;
    }

    /// <summary>The window grows with what came, up to twice the dictionary; then the older half goes.</summary>
    private void MakeRoom(int output)
    {
        if (_end + output <= _window.Length)
        {
            return;
        }

        int most = (2 * Math.Max(_dictionary, MaxOutput)) + MaxOutput;
        int kept = Math.Min(_end - _start, _dictionary);
        byte[] window = _window;
        if (window.Length < most && _end + output > window.Length)
        {
            window = new byte[(int)Math.Min(most, Math.Max(kept + output, 2L * window.Length))];
        }

        _window.AsSpan(_end - kept, kept).CopyTo(window);
        _window = window;
        _start = 0;
        _delivered = _end = kept;
    }

    private void EndBlock()
    {
        _isInBlock = false;
        Span<byte> check = stackalloc byte[64];
        Skip((int)(-_blockBytes & 3));
        int length = _check == 0 ? 0 : 4 << ((_check - 1) / 3);
        compressed.ReadExactly(check[..length]);
        bool isGood = _check switch
        {
            Crc32Check => BinaryPrimitives.ReadUInt32LittleEndian(check) == _crc32.GetCurrentHashAsUInt32(),
            Crc64Check => BinaryPrimitives.ReadUInt64LittleEndian(check) == _crc64.Value,
            _ => true,
        };
        if (!isGood)
        {
            throw new InvalidDataException("the checksum of a block is wrong");
        }
    }

    /// <summary>Steps over the index and the footer, which only help those who do not read from the front.</summary>
    private void EndStream()
    {
        long length = 1;
        long records = SkipNumber(ref length);
        for (long i = 0; i < 2 * records; i++)
        {
            SkipNumber(ref length);
        }

        Skip((int)(-length & 3) + 4);
        Span<byte> footer = stackalloc byte[HeaderLength];
        compressed.ReadExactly(footer);
        if (!footer.EndsWith("YZ"u8))
        {
            throw new InvalidDataException("a stream has no end");
        }

        _isInStream = false;
    }

    private long SkipNumber(ref long length)
    {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7)
        {
            int b = ReadOne();
            length++;
            value |= (long)(b & 0x7F) << shift;
            if ((b & 0x80) == 0)
            {
                return value;
            }
        }

        throw new InvalidDataException("an index makes no sense");
    }

    private static bool TryReadNumber(ReadOnlySpan<byte> data, ref int at, out long value)
    {
        value = 0;
        for (int shift = 0; shift < 63 && at < data.Length; shift += 7)
        {
            byte b = data[at++];
            value |= (long)(b & 0x7F) << shift;
            if ((b & 0x80) == 0)
            {
                return true;
            }
        }

        return false;
    }

    private void Skip(int count)
    {
        for (; count > 0; count--)
        {
            ReadOne();
        }
    }

    private int ReadOne()
    {
        int value = compressed.ReadByte();
        return value >= 0 ? value : throw new EndOfStreamException("the stream ends too early");
    }
}
