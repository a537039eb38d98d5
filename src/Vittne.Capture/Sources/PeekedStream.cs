namespace Vittne.Capture.Sources;

/// <summary>A stream whose first bytes were looked at and are delivered once more.</summary>
internal sealed class PeekedStream : ReadOnlyStream
{
    private readonly Stream _stream;
    private readonly byte[] _start;
    private int _delivered;

    /// <summary>Reads up to <paramref name="length"/> bytes ahead.</summary>
    public PeekedStream(Stream stream, int length)
    {
        _stream = stream;
        byte[] start = new byte[length];
        _start = start[..stream.ReadAtLeast(start, length, throwOnEndOfStream: false)];
    }

    /// <summary>The first bytes; fewer than asked for where the stream is shorter.</summary>
    public ReadOnlySpan<byte> Start => _start;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int count = Math.Min(buffer.Length, _start.Length - _delivered);
        if (count == 0)
        {
            return _stream.Read(buffer);
        }

        _start.AsSpan(_delivered, count).CopyTo(buffer);
        _delivered += count;
        return count;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stream.Dispose();
        }

        base.Dispose(disposing);
    }
}
