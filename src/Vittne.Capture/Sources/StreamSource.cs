using System.Buffers;

namespace Vittne.Capture.Sources;

/// <summary>A pipe or compressed file, read through one block that grows only as data arrive.</summary>
internal sealed class StreamSource(string name, Stream content, RawInput raw, string? compression) : CaptureSource(name)
{
    /// <summary>Size of the block: larger ones gain nothing (measured, 256 KB to 4 MB).</summary>
    private const int BlockLength = 1 << 20;

    /// <summary>Bytes without a packet after which the expansion is looked at.</summary>
    private const long BombLength = 256L << 20;

    /// <summary>Expansion that no capture has: gzip cannot exceed 1,032, zstd of an all-zero file can.</summary>
    private const long BombRatio = 10_000;

    private byte[] _block = ArrayPool<byte>.Shared.Rent(BlockLength);
    private int _start;
    private int _end;
    private bool _hasEnded;

    /// <inheritdoc/>
    public override string? Compression => compression;

    /// <inheritdoc/>
    public override long BytesRead => raw.Consumed;

    /// <inheritdoc/>
    public override long? BytesTotal => raw.Total;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Peek(int atLeast)
    {
        while (_end - _start < atLeast && !_hasEnded)
        {
            MakeRoom();
            Fill();
        }

        return _block.AsSpan(_start, _end - _start);
    }

    /// <inheritdoc/>
    public override void Advance(int length)
    {
        _start += length;
        Position += length;
    }

    /// <inheritdoc/>
    public override long Skip(long length)
    {
        long left = length;
        while (left > 0)
        {
            int shown = (int)Math.Min(left, Peek(1).Length);
            if (shown == 0)
            {
                break;
            }

            Advance(shown);
            left -= shown;
        }

        return length - left;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (_block.Length > 0)
        {
            content.Dispose();
            ArrayPool<byte>.Shared.Return(_block);
            _block = [];
            _start = _end = 0;
            _hasEnded = true;
        }
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _block.AsSpan(_start, _end - _start).CopyTo(_block);
            _end -= _start;
            _start = 0;
        }
        else if (_end == _block.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(_block.Length * 2);
            _block.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_block);
            _block = larger;
        }
    }

    private void Fill()
    {
        int count = 0;
        try
        {
            count = content.Read(_block.AsSpan(_end));
        }
        catch (Exception problem) when (Decompression.IsDamage(problem))
        {
            IsCut = raw.HasEnded;
            Failure = IsCut
                ? $"the {compression} data are cut at offset {raw.Consumed} of the file"
                : $"the {compression} data are damaged before offset {raw.Consumed} of the file: {Decompression.Reason(problem)}";
        }
        catch (IOException problem)
        {
            Failure = $"cannot be read beyond offset {raw.Consumed}: {problem.Message}";
        }

        _end += count;
        _hasEnded = count == 0;
        long read = Position + _end - _start;
        if (read - PacketPosition > BombLength && read / BombRatio > raw.Consumed)
        {
            _hasEnded = true;
            Failure = $"{raw.Consumed} compressed bytes expand to more than {read} without a packet; not read further";
        }
    }
}
