using System.Buffers.Binary;

namespace Vittne.Protocols.Tls;

/// <summary>
/// One handshake fragment of DTLS (RFC 6347 section 4.2.2).
/// <code>
/// type(1) length(3) message_seq(2) fragment_offset(3) fragment_length(3)
/// </code>
/// </summary>
internal readonly ref struct DtlsFragment
{
    private const int HeaderLength = 12;

    /// <summary>Handshake type.</summary>
    public byte Type { get; private init; }

    /// <summary>Length of the whole message body.</summary>
    public int MessageLength { get; private init; }

    /// <summary>Number of the message.</summary>
    public ushort Sequence { get; private init; }

    /// <summary>Where the fragment lies in the body.</summary>
    public int Offset { get; private init; }

    /// <summary>The fragment; it lies wholly in the message.</summary>
    public ReadOnlySpan<byte> Body { get; private init; }

    /// <summary>Takes the next fragment of a record.</summary>
    public static bool TryTake(ref ReadOnlySpan<byte> record, out DtlsFragment fragment)
    {
        fragment = default;
        if (record.Length < HeaderLength)
        {
            return false;
        }

        int messageLength = HelloReader.UInt24(record[1..]);
        int offset = HelloReader.UInt24(record[6..]);
        int length = HelloReader.UInt24(record[9..]);
        if (offset + length > messageLength || length > record.Length - HeaderLength)
        {
            return false;
        }

        fragment = new DtlsFragment
        {
            Type = record[0],
            MessageLength = messageLength,
            Sequence = BinaryPrimitives.ReadUInt16BigEndian(record[4..]),
            Offset = offset,
            Body = record.Slice(HeaderLength, length),
        };
        record = record[(HeaderLength + length)..];
        return true;
    }
}
