using System.Buffers;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Vittne.Protocols.Http;

/// <summary>Undoes zstd as the bytes come, within the window that HTTP allows (RFC 9659: 8 MiB), however much a sender asks for.</summary>
internal sealed class ZstdSource : IDisposable
{
    private const int LargestWindowLog = 23;

    private readonly Decompressor _decoder = new();

    public ZstdSource() => _decoder.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, LargestWindowLog);

    /// <summary>True when the bytes so far are whole frames.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Decodes what fits.</summary>
    /// <param name="input">Coded bytes; what was consumed is taken off.</param>
    /// <param name="output">Room for the content.</param>
    /// <returns>Bytes of content.</returns>
    /// <exception cref="ZstdException">The bytes are damaged.</exception>
    public int Decode(ref ReadOnlySpan<byte> input, Span<byte> output)
    {
        OperationStatus status = _decoder.UnwrapStream(input, output, out int consumed, out int written);
        input = input[consumed..];
        IsAtEnd = status == OperationStatus.Done;
        return status == OperationStatus.InvalidData ? throw new ZstdException(ZSTD_ErrorCode.ZSTD_error_corruption_detected, "damaged") : written;
    }

    /// <inheritdoc/>
    public void Dispose() => _decoder.Dispose();
}
