using System.Buffers;
using System.IO.Compression;
using ZstdSharp;

namespace Vittne.Protocols.Http;

/// <summary>Undoes one content coding as the bytes come, so that a body of any length can be measured without being kept.</summary>
/// <param name="coding">gzip, deflate, br or zstd.</param>
/// <param name="next">Takes the decoded bytes.</param>
/// <param name="maxLength">Most bytes that are decoded: a small body can grow to a thousand times its length.</param>
internal sealed class HttpDecodingStage(HttpCoding coding, HttpContentTarget next, long maxLength = HttpDecodingStage.MeasuredLength) : HttpContentTarget, IDisposable
{
    // Beyond this a body is measured no further.
    private const long MeasuredLength = 64 << 20;

    private const int BlockLength = 16 << 10;

    private readonly MemoryStream _source = new();
    private Stream? _inflater;
    private BrotliDecoder _brotli;
    private ZstdSource? _zstd;
    private long _decodedLength;

    /// <summary>True when the bytes are damaged or decode to too much: what came out before is a beginning.</summary>
    public bool IsBroken { get; private set; }

    /// <inheritdoc/>
    public override void Take(ReadOnlySpan<byte> content)
    {
        if (IsBroken)
        {
            return;
        }

        byte[] block = ArrayPool<byte>.Shared.Rent(BlockLength);
        try
        {
            if (coding == HttpCoding.Brotli)
            {
                TakeBrotli(content, block);
            }
            else if (coding == HttpCoding.Zstd)
            {
                TakeZstd(content, block);
            }
            else
            {
                Inflate(content, block);
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException or ZstdException)
        {
            IsBroken = true;
        }

        ArrayPool<byte>.Shared.Return(block);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _inflater?.Dispose();
        _brotli.Dispose();
        _zstd?.Dispose();
        _source.Dispose();
    }

    private void TakeBrotli(ReadOnlySpan<byte> content, byte[] block)
    {
        while (!IsBroken)
        {
            OperationStatus status = _brotli.Decompress(content, block, out int consumed, out int written);
            content = content[consumed..];
            IsBroken = status == OperationStatus.InvalidData;
            Pass(block.AsSpan(0, written));
            if (status != OperationStatus.DestinationTooSmall)
            {
                return;
            }
        }
    }

    private void TakeZstd(ReadOnlySpan<byte> content, byte[] block)
    {
        _zstd ??= new ZstdSource();
        int written, consumed;
        do
        {
            // A full block may leave more behind in the decoder.
            int before = content.Length;
            written = _zstd.Decode(ref content, block);
            consumed = before - content.Length;
            Pass(block.AsSpan(0, written));
        }
        while (!IsBroken && (written == block.Length || (!content.IsEmpty && written + consumed > 0)));
    }

    private void Inflate(ReadOnlySpan<byte> content, byte[] block)
    {
        if (_inflater is null)
        {
            // The first two bytes tell what deflate means.
            _source.Write(content);
            if (_source.Length < 2)
            {
                return;
            }

            _inflater = HttpContentDecoder.Open(coding, _source.GetBuffer().AsSpan(0, (int)_source.Length), _source);
        }
        else
        {
            _source.SetLength(0);
            _source.Write(content);
        }

        _source.Position = 0;
        int read;
        while (!IsBroken && (read = _inflater.Read(block)) > 0)
        {
            Pass(block.AsSpan(0, read));
        }
    }

    private void Pass(ReadOnlySpan<byte> decoded)
    {
        _decodedLength += decoded.Length;
        IsBroken |= _decodedLength > maxLength;
        next.Take(decoded);
    }
}
