namespace Vittne.Engine.Info;

/// <summary>A stream that can be read once: its digests are made of what passes. Whoever owns the stream within disposes that.</summary>
internal sealed class DigestingStream(Stream inner, DigestSet digests) : Stream
{
    private const int DrainLength = 1 << 16;

    /// <summary>Bytes passed so far.</summary>
    public long Passed { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int count = inner.Read(buffer);
        Passed += count;
        digests.Append(buffer[..count]);

        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>Reads what the reader of the capture has left.</summary>
    public void Drain()
    {
        byte[] buffer = new byte[DrainLength];
        while (Read(buffer) > 0)
        {
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
