namespace Vittne.Capture.Sources;

/// <summary>The file or pipe itself; counts what is taken from it, for progress and for the offset of damage.</summary>
internal sealed class RawInput(Stream stream) : ReadOnlyStream
{
    /// <summary>Bytes taken so far.</summary>
    public long Consumed { get; private set; }

    /// <summary>Bytes in all, or null where that is not known.</summary>
    public long? Total { get; } = stream.CanSeek ? stream.Length : null;

    /// <summary>Whether the end was met: whoever asked wanted more than there is.</summary>
    public bool HasEnded { get; private set; }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int count = stream.Read(buffer);
        Consumed += count;
        HasEnded |= count == 0 && !buffer.IsEmpty;
        return count;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            stream.Dispose();
        }

        base.Dispose(disposing);
    }
}
