using Microsoft.Win32.SafeHandles;

namespace Vittne.Capture.Sources;

/// <summary>
/// A regular file, read in pieces into the buffer of the batch that its packets go to: one copy by the kernel, none by us, and the bytes
/// are in the processor's cache when they are decoded. Walking a mapping of the file takes several times as long, since each packet then
/// waits for memory.
/// </summary>
internal sealed class FileSource : CaptureSource
{
    /// <summary>Bytes of one read: few enough to stay in the cache of the second level until they are decoded.</summary>
    private const int MinReadLength = 64 << 10;
    private const int MaxReadLength = 1 << 20;

    // Read beyond what the last batch took, so that the next one of about its size needs one read.
    private const int Slack = 4 << 10;

    private readonly SafeFileHandle _handle;
    private readonly long _lengthAtOpen;
    private readonly PacketBatch _scratch = new();
    private PacketBatch _batch;
    private byte[] _buffer = [];
    private long _length;
    private int _start;
    private int _end;
    private int _next = MinReadLength;
    private bool _hasNoGap = true;

    /// <summary>Takes an open file that can be sought in, and owns the handle from then on.</summary>
    public FileSource(string name, SafeFileHandle handle)
        : base(name)
    {
        _handle = handle;
        _lengthAtOpen = _length = RandomAccess.GetLength(handle);
        _batch = _scratch;
    }

    /// <inheritdoc/>
    public override bool IsInPlace => true;

    /// <inheritdoc/>
    public override int BufferOffset => _start;

    /// <inheritdoc/>
    public override long BytesRead => Position;

    /// <inheritdoc/>
    public override long? BytesTotal => _lengthAtOpen;

    /// <inheritdoc/>
    public override long? Remaining => _length - Position;

    /// <inheritdoc/>
    public override bool HasGrown => RandomAccess.GetLength(_handle) != _length;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Peek(int atLeast)
    {
        while (_end - _start < atLeast && Fill(atLeast - (_end - _start)))
        {
        }

        return _buffer.AsSpan(_start, _end - _start);
    }

    /// <inheritdoc/>
    public override void Advance(int length)
    {
        Position += length;
        _start += length;
    }

    /// <inheritdoc/>
    public override long Skip(long length)
    {
        long skipped = Math.Clamp(length, 0, Math.Max(0, _length - Position));
        Position += skipped;

        // What was read beyond the window's end is read again: skipping is rare.
        _hasNoGap &= skipped <= _end - _start;
        _start = skipped <= _end - _start ? _start + (int)skipped : _end;
        return skipped;
    }

    /// <inheritdoc/>
    public override void BeginBatch(PacketBatch batch)
    {
        if (_start > 0)
        {
            _next = Math.Clamp(_start + Slack, MinReadLength, MaxReadLength);
        }

        // Bytes read too far are read again: they are few, and the batch that has them may be anywhere by now.
        _batch = batch;
        _buffer = batch.Buffer;
        _start = _end = 0;
        _hasNoGap = true;
    }

    /// <inheritdoc/>
    public override void Dispose() => _handle.Dispose();

    /// <summary>Reads on behind the window.</summary>
    /// <returns>False at the end.</returns>
    private bool Fill(int missing)
    {
        long from = Position + _end - _start;
        if (Grows && _length - from < missing)
        {
            _length = RandomAccess.GetLength(_handle);
            if (_length < from)
            {
                IsCut = true;
                Failure = $"the file shrank to {_length} bytes while it was read";
            }
        }

        int wanted = (int)Math.Min(Math.Max(missing, _next), _length - from);
        if (wanted <= 0 || Failure is not null)
        {
            return false;
        }

        if (_buffer.Length - _end < wanted)
        {
            _buffer = _batch.Reserve(_end, wanted);
        }

        int count = 0;
        try
        {
            count = RandomAccess.Read(_handle, _buffer.AsSpan(_end, wanted), from);
        }
        catch (IOException problem)
        {
            Failure = $"cannot be read beyond offset {from}: {problem.Message}";
        }

        if (count == 0 && !Grows)
        {
            _length = from;
            if (Failure is null)
            {
                IsCut = true;
                Failure = $"the file shrank to {RandomAccess.GetLength(_handle)} bytes while it was read";
            }
        }

        _end += count;
        _next = MinReadLength;
        if (_hasNoGap)
        {
            _batch.ShowFile(from + count - _end, _end);
        }

        return count > 0;
    }
}
