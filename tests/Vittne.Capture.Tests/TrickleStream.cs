namespace Vittne.Capture.Tests;

/// <summary>A stream that delivers a few bytes at a time and cannot seek, as a pipe does.</summary>
internal sealed class TrickleStream(byte[] content, int most) : MemoryStream(content)
{
    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, most)]);

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, most));
}
