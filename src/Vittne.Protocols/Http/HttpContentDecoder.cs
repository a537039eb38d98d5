using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using ZstdSharp;

namespace Vittne.Protocols.Http;

/// <summary>Undoes content codings (RFC 9110 section 8.4) within fixed bounds, so that no body can grow beyond them.</summary>
internal static class HttpContentDecoder
{
    /// <summary>Most codings of one body: "gzip, gzip" exists; longer chains only in attacks.</summary>
    public const int MaxCodings = 2;

    /// <summary>Reads which codings a body has.</summary>
    /// <param name="head">Its head.</param>
    /// <param name="codings">The codings in the order in which they were applied; <see cref="MaxCodings"/> of them fit.</param>
    /// <param name="count">How many there are.</param>
    /// <returns>False when one is not known or there are too many: the body cannot be decoded.</returns>
    public static bool TryReadCodings(HttpHead head, Span<HttpCoding> codings, out int count)
    {
        count = 0;
        return TryCollect(head, "Content-Encoding"u8, codings, ref count) && TryCollect(head, "Transfer-Encoding"u8, codings, ref count);
    }

    /// <summary>Decodes a body as its head says.</summary>
    /// <param name="head">The head with Content-Encoding and Transfer-Encoding.</param>
    /// <param name="body">Holds the first bytes of the body at its start.</param>
    /// <param name="length">How many there are.</param>
    /// <param name="maxLength">Most bytes of output.</param>
    /// <param name="decoded">The content; what could be decoded of a damaged or cut one.</param>
    /// <param name="isWhole">False when there is more behind <paramref name="maxLength"/> or behind damage.</param>
    /// <returns>False when there is nothing to decode or not a byte of it can be.</returns>
    public static bool TryDecode(HttpHead head, byte[] body, int length, int maxLength, out byte[] decoded, out bool isWhole)
    {
        decoded = [];
        isWhole = true;
        Span<HttpCoding> codings = stackalloc HttpCoding[MaxCodings];
        if (length == 0 || !TryReadCodings(head, codings, out int count))
        {
            return false;
        }

        byte[]? current = null;
        while (count > 0)
        {
            byte[]? next = current is null
                ? Decode(codings[--count], body, length, maxLength, ref isWhole)
                : Decode(codings[--count], current, current.Length, maxLength, ref isWhole);
            if (next is null)
            {
                return false;
            }

            current = next;
        }

        decoded = current ?? [];
        return current is not null;
    }

    /// <summary>Opens an inflater for gzip or deflate.</summary>
    /// <param name="coding">Which of them.</param>
    /// <param name="input">The first two bytes at least, which tell what deflate means.</param>
    /// <param name="source">Where the coded bytes come from.</param>
    public static Stream Open(HttpCoding coding, ReadOnlySpan<byte> input, Stream source)
    {
        if (coding == HttpCoding.Gzip)
        {
            return new GZipStream(source, CompressionMode.Decompress);
        }

        // "deflate" means zlib (RFC 1950); some servers send the bare stream (RFC 1951).
        return IsZlib(input) ? new ZLibStream(source, CompressionMode.Decompress) : new DeflateStream(source, CompressionMode.Decompress);
    }

    private static bool TryCollect(HttpHead head, ReadOnlySpan<byte> name, Span<HttpCoding> codings, ref int count)
    {
        // Lines of one name are one list (RFC 9110 section 5.3).
        foreach (HttpHeader header in head.Headers)
        {
            if (Ascii.EqualsIgnoreCase(header.Name, name) && !TryCollect(header.Value, codings, ref count))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryCollect(ReadOnlySpan<byte> value, Span<HttpCoding> codings, ref int count)
    {
        foreach (Range part in value.Split((byte)','))
        {
            HttpCoding coding = Read(value[part].Trim(HttpHead.Blanks));
            if (coding == HttpCoding.None)
            {
                continue;
            }

            if (coding == HttpCoding.Unknown || count == codings.Length)
            {
                return false;
            }

            codings[count++] = coding;
        }

        return true;
    }

    private static HttpCoding Read(ReadOnlySpan<byte> name) =>
        name.IsEmpty || Ascii.EqualsIgnoreCase(name, "identity"u8) || Ascii.EqualsIgnoreCase(name, "chunked"u8) ? HttpCoding.None
        : Ascii.EqualsIgnoreCase(name, "gzip"u8) || Ascii.EqualsIgnoreCase(name, "x-gzip"u8) ? HttpCoding.Gzip
        : Ascii.EqualsIgnoreCase(name, "deflate"u8) ? HttpCoding.Deflate
        : Ascii.EqualsIgnoreCase(name, "br"u8) ? HttpCoding.Brotli
        : Ascii.EqualsIgnoreCase(name, "zstd"u8) ? HttpCoding.Zstd
        : HttpCoding.Unknown;

    private static byte[]? Decode(HttpCoding coding, byte[] input, int inputLength, int maxLength, ref bool isWhole)
    {
        // One byte more tells whether the content goes on behind the bound.
        byte[] output = ArrayPool<byte>.Shared.Rent(maxLength + 1);
        int length = coding == HttpCoding.Brotli
            ? DecodeBrotli(input.AsSpan(0, inputLength), output.AsSpan(0, maxLength + 1), ref isWhole)
            : coding == HttpCoding.Zstd ? DecodeZstd(input.AsSpan(0, inputLength), output.AsSpan(0, maxLength + 1), ref isWhole)
            : Inflate(coding, input, inputLength, output.AsSpan(0, maxLength + 1), ref isWhole);
        isWhole &= length <= maxLength;
        byte[]? result = length == 0 ? null : output.AsSpan(0, Math.Min(length, maxLength)).ToArray();
        ArrayPool<byte>.Shared.Return(output);
        return result;
    }

    private static int DecodeBrotli(ReadOnlySpan<byte> input, Span<byte> output, ref bool isWhole)
    {
        using BrotliDecoder decoder = default;
        OperationStatus status = decoder.Decompress(input, output, out _, out int written);
        isWhole &= status == OperationStatus.Done;
        return written;
    }

    private static int DecodeZstd(ReadOnlySpan<byte> input, Span<byte> output, ref bool isWhole)
    {
        int length = 0;
        try
        {
            using var decoder = new ZstdSource();
            while (length < output.Length && !input.IsEmpty)
            {
                int before = input.Length;
                int written = decoder.Decode(ref input, output[length..]);
                length += written;
                if (written == 0 && input.Length == before)
                {
                    break;
                }
            }

            isWhole &= decoder.IsAtEnd;
        }
        catch (ZstdException)
        {
            isWhole = false;
        }

        return length;
    }

    private static int Inflate(HttpCoding coding, byte[] bytes, int inputLength, Span<byte> output, ref bool isWhole)
    {
        ReadOnlySpan<byte> input = bytes.AsSpan(0, inputLength);
        int length = 0;
        try
        {
            using var source = new HttpCodedSource(bytes, inputLength);
            using Stream inflater = Open(coding, input, source);
            while (length < output.Length)
            {
                int read = inflater.Read(output[length..]);
                if (read == 0)
                {
                    // gzip asks for a next member in any case, but ends with its length (RFC 1952 section 2.3.1).
                    isWhole &= coding == HttpCoding.Gzip
                        ? input.Length > 4 && BinaryPrimitives.ReadUInt32LittleEndian(input[^4..]) == length
                        : !source.IsExhausted;
                    break;
                }

                length += read;
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            // Damage or a cut: what came before it stands.
            isWhole = false;
        }

        return length;
    }

    private static bool IsZlib(ReadOnlySpan<byte> input) => input.Length >= 2 && (input[0] & 0x0F) == 8 && ((input[0] << 8) | input[1]) % 31 == 0;
}
