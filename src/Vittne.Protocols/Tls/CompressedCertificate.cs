using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using Vittne.Packets;

namespace Vittne.Protocols.Tls;

/// <summary>
/// A Certificate message that was compressed (RFC 8879 section 4).
/// <code>
/// type(1) length(3) algorithm(2) uncompressed_length(3) compressed_length(3) compressed
/// </code>
/// </summary>
internal static class CompressedCertificate
{
    private const ushort Zlib = 1;
    private const ushort Brotli = 2;
    private const int NumberLength = 3;

    /// <summary>Makes the message that was compressed, with its header.</summary>
    /// <returns>False when it cannot be read, is longer than it says or than messages may be, or has another algorithm.</returns>
    public static bool TryExpand(ReadOnlySpan<byte> message, [NotNullWhen(true)] out byte[]? expanded)
    {
        expanded = null;
        if (!HelloReader.TryTakeBody(message, out _, out ReadOnlySpan<byte> body))
        {
            return false;
        }

        var reader = new WireReader(body);
        if (!reader.TryReadUInt16(out ushort algorithm) || !reader.TryTake(NumberLength, out ReadOnlySpan<byte> announced)
            || !reader.TryTake(NumberLength, out ReadOnlySpan<byte> compressedLength)
            || !reader.TryTake(HelloReader.UInt24(compressedLength), out ReadOnlySpan<byte> compressed))
        {
            return false;
        }

        int length = HelloReader.UInt24(announced);
        if (length == 0 || length > HandshakeJoiner.MaxMessageLength)
        {
            return false;
        }

        byte[] output = new byte[HelloReader.HeaderLength + length];
        Span<byte> content = output.AsSpan(HelloReader.HeaderLength);
        if (!(algorithm switch { Brotli => TryBrotli(compressed, content), Zlib => TryInflate(compressed, content), _ => false }))
        {
            return false;
        }

        output[0] = HandshakeType.Certificate;
        announced.CopyTo(output.AsSpan(1));
        expanded = output;
        return true;
    }

    private static bool TryBrotli(ReadOnlySpan<byte> compressed, Span<byte> content)
    {
        using BrotliDecoder decoder = default;
        return decoder.Decompress(compressed, content, out _, out int written) == OperationStatus.Done && written == content.Length;
    }

    private static bool TryInflate(ReadOnlySpan<byte> compressed, Span<byte> content)
    {
        try
        {
            using var source = new MemoryStream(compressed.ToArray());
            using var inflater = new ZLibStream(source, CompressionMode.Decompress);
            return inflater.ReadAtLeast(content, content.Length, throwOnEndOfStream: false) == content.Length;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
