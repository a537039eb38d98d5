namespace Vittne.Flows.Reassembly;

/// <summary>Stream bytes that wait for earlier ones.</summary>
/// <param name="Offset">Stream offset of the first byte.</param>
/// <param name="Length">How many bytes.</param>
/// <param name="Buffer">Rented buffer that holds them from <paramref name="Start"/> on.</param>
/// <param name="Start">Index of the first byte in the buffer.</param>
/// <param name="SentOffset">Where the segment that brought them began, before it was trimmed: what policies compare.</param>
/// <param name="SentEnd">Where that segment ended.</param>
internal readonly record struct PendingSegment(long Offset, int Length, byte[] Buffer, int Start, long SentOffset, long SentEnd)
{
    /// <summary>Stream offset behind the last byte.</summary>
    public long End => Offset + Length;

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Bytes => Buffer.AsSpan(Start, Length);
}
