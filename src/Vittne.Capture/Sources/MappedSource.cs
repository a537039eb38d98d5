namespace Vittne.Capture.Sources;

/// <summary>A regular file, walked in its mapping.</summary>
internal sealed class MappedSource(string name, MappedFile mapping) : CaptureSource(name)
{
    /// <summary>The most that one span shows; a span cannot be longer than 2 GiB.</summary>
    private const int WindowLength = 1 << 30;

    /// <summary>Consumed bytes that are worth a system call to give back.</summary>
    private const long ReleaseLength = 32 << 20;

    // Where the newest batches began, as a ring: pages are given back up to the oldest of them.
    private readonly long[] _batchStarts = new long[CaptureReader.BatchesInFlight];
    private int _oldest;
    private long _released;
    private long _length = mapping.Length;

    /// <inheritdoc/>
    public override MappedFile Mapping => mapping;

    /// <inheritdoc/>
    public override long BytesRead => Position;

    /// <inheritdoc/>
    public override long? BytesTotal => mapping.Length;

    /// <inheritdoc/>
    public override long? Remaining => _length - Position;

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Peek(int atLeast) =>
        mapping.Slice(Position, (int)Math.Min(WindowLength, Math.Max(0, _length - Position)));

    /// <inheritdoc/>
    public override void Advance(int length) => Position += length;

    /// <inheritdoc/>
    public override long Skip(long length)
    {
        long skipped = Math.Clamp(length, 0, Math.Max(0, _length - Position));
        Position += skipped;
        return skipped;
    }

    /// <inheritdoc/>
    public override void BeginBatch()
    {
        long now = mapping.LengthNow();
        if (now < _length)
        {
            _length = now;
            IsCut = true;
            Failure = $"the file shrank to {now} bytes while it was read";
        }

        long oldest = _batchStarts[_oldest];
        _batchStarts[_oldest] = Position;
        _oldest = (_oldest + 1) % _batchStarts.Length;
        if (oldest - _released >= ReleaseLength)
        {
            mapping.Release(_released, oldest);
            _released = oldest;
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => mapping.Dispose();
}
