using System.Buffers.Binary;

namespace Vittne.Protocols.Quic;

/// <summary>
/// The client hello of Google's QUIC before it took TLS: <c>CHLO</c>, a count, and tags with the end of their values (little endian).
/// <code>
/// "CHLO"(4) count(2) padding(2)  count times: tag(4) end(4)  values
/// </code>
/// </summary>
internal readonly ref struct GoogleHello
{
    private const int HeaderLength = 8;
    private const int EntryLength = 8;
    private const int MaxTags = 128;

    /// <summary>Server name; empty without one.</summary>
    public ReadOnlySpan<byte> Sni { get; private init; }

    /// <summary>User agent; empty without one.</summary>
    public ReadOnlySpan<byte> UserAgent { get; private init; }

    /// <summary>Looks for a hello in bytes that hold one frame or more, and reads it. Values that are not there whole stay empty.</summary>
    public static bool TryFind(ReadOnlySpan<byte> data, out GoogleHello hello)
    {
        hello = default;
        int start = data.IndexOf("CHLO"u8);
        if (start < 0 || data.Length - start < HeaderLength)
        {
            return false;
        }

        ReadOnlySpan<byte> message = data[start..];
        int tags = BinaryPrimitives.ReadUInt16LittleEndian(message[4..]);
        int values = HeaderLength + (tags * EntryLength);
        if (tags is 0 or > MaxTags || values > message.Length)
        {
            return false;
        }

        ReadOnlySpan<byte> sni = default;
        ReadOnlySpan<byte> userAgent = default;
        uint from = 0;
        for (int i = 0; i < tags; i++)
        {
            ReadOnlySpan<byte> entry = message.Slice(HeaderLength + (i * EntryLength), EntryLength);
            uint to = BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]);
            if (to < from || to > (uint)(message.Length - values))
            {
                break;
            }

            ReadOnlySpan<byte> value = message[(values + (int)from)..(values + (int)to)];
            if (entry.StartsWith("SNI\0"u8))
            {
                sni = value;
            }
            else if (entry.StartsWith("UAID"u8))
            {
                userAgent = value;
            }

            from = to;
        }

        hello = new GoogleHello { Sni = sni, UserAgent = userAgent };
        return true;
    }
}
