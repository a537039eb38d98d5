using Vittne.Packets;

namespace Vittne.Protocols.Tls;

/// <summary>Vectors with a length before them (RFC 8446 section 3.4), as hellos are made of.</summary>
internal static class HelloReader
{
    /// <summary>Length of type and length of a handshake message.</summary>
    public const int HeaderLength = 4;

    /// <summary>Takes a vector whose length stands in one byte.</summary>
    public static bool TryTakeVector8(scoped ref WireReader reader, out ReadOnlySpan<byte> vector)
    {
        WireReader probe = reader;
        if (probe.TryReadUInt8(out byte length) && probe.TryTake(length, out vector))
        {
            reader = probe;
            return true;
        }

        vector = default;
        return false;
    }

    /// <summary>Takes a vector whose length stands in two bytes.</summary>
    public static bool TryTakeVector16(scoped ref WireReader reader, out ReadOnlySpan<byte> vector)
    {
        WireReader probe = reader;
        if (probe.TryReadUInt16(out ushort length) && probe.TryTake(length, out vector))
        {
            reader = probe;
            return true;
        }

        vector = default;
        return false;
    }

    /// <summary>
    /// The body of a handshake message, as its header bounds it. A message that holds less than it announces is refused.
    /// </summary>
    public static bool TryTakeBody(ReadOnlySpan<byte> message, out byte type, out ReadOnlySpan<byte> body)
    {
        type = 0;
        body = default;
        if (message.Length < HeaderLength)
        {
            return false;
        }

        int length = UInt24(message[1..]);
        if (length > message.Length - HeaderLength)
        {
            return false;
        }

        type = message[0];
        body = message.Slice(HeaderLength, length);
        return true;
    }

    /// <summary>Reads the extension block that ends a hello; one that announces more than there is goes as far as it can.</summary>
    public static ReadOnlySpan<byte> TakeExtensions(scoped ref WireReader reader, out bool isDamaged)
    {
        isDamaged = false;
        if (reader.IsAtEnd)
        {
            return default;
        }

        if (!reader.TryReadUInt16(out ushort length))
        {
            isDamaged = true;
            return default;
        }

        isDamaged = length != reader.Rest.Length;
        return reader.Rest[..Math.Min(length, reader.Rest.Length)];
    }

    /// <summary>A number of three bytes, high byte first; the span holds them.</summary>
    public static int UInt24(ReadOnlySpan<byte> bytes) => (bytes[0] << 16) | (bytes[1] << 8) | bytes[2];

    /// <summary>The vector that a whole extension consists of, with a length of two bytes; empty when its length is wrong.</summary>
    public static ReadOnlySpan<byte> WholeVector16(ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        return TryTakeVector16(ref reader, out ReadOnlySpan<byte> vector) ? vector : default;
    }

    /// <summary>The same with a length of one byte.</summary>
    public static ReadOnlySpan<byte> WholeVector8(ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        return TryTakeVector8(ref reader, out ReadOnlySpan<byte> vector) ? vector : default;
    }
}
