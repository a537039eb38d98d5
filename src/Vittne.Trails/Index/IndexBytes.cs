using Vittne.Capture;

namespace Vittne.Trails.Index;

/// <summary>The bytes of an index, mapped from its file or held in memory. A slice is never longer than what there is.</summary>
internal sealed class IndexBytes : IDisposable
{
    private readonly MappedFile? _file;
    private readonly byte[] _bytes;

    /// <summary>Bytes of a mapped file, which is owned from here on.</summary>
    public IndexBytes(MappedFile file)
    {
        _file = file;
        _bytes = [];
        Length = file.Length;
    }

    /// <summary>Bytes in memory.</summary>
    public IndexBytes(byte[] bytes)
    {
        _bytes = bytes;
        Length = bytes.Length;
    }

    /// <summary>Size in bytes.</summary>
    public long Length { get; }

    /// <summary>The bytes from an offset on, fewer where they end.</summary>
    public ReadOnlySpan<byte> Slice(long offset, int length)
    {
        if (_file is not null)
        {
            return _file.Slice(offset, length);
        }

        return (ulong)offset >= (ulong)_bytes.Length ? default : _bytes.AsSpan((int)offset, (int)Math.Min(length, _bytes.Length - offset));
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();
}
