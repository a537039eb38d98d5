using System.Buffers.Binary;

namespace Vittne.Protocols.Tls;

/// <summary>
/// One record of DTLS in its plain form (RFC 6347 section 4.1).
/// <code>
/// type(1) version(2) epoch(2) sequence_number(6) length(2)
/// </code>
/// </summary>
internal readonly ref struct DtlsRecord
{
    private const int HeaderLength = 13;

    /// <summary>Content type.</summary>
    public byte Type { get; private init; }

    /// <summary>Version field.</summary>
    public ushort Version { get; private init; }

    /// <summary>0 before encryption begins.</summary>
    public ushort Epoch { get; private init; }

    /// <summary>What follows the header.</summary>
    public ReadOnlySpan<byte> Body { get; private init; }

    /// <summary>Takes the next record of a datagram. Encrypted records of DTLS 1.3 have another header and are refused.</summary>
    public static bool TryTake(ref ReadOnlySpan<byte> datagram, out DtlsRecord record)
    {
        record = default;
        if (datagram.Length < HeaderLength || datagram[0] is < RecordType.ChangeCipherSpec or > RecordType.Heartbeat)
        {
            return false;
        }

        ushort version = BinaryPrimitives.ReadUInt16BigEndian(datagram[1..]);
        int length = BinaryPrimitives.ReadUInt16BigEndian(datagram[11..]);
        if (version is not (0xFEFF or 0xFEFD or 0xFEFC or 0x0100) || length == 0 || length > datagram.Length - HeaderLength
            || length > RecordHeader.MaxBodyLength)
        {
            return false;
        }

        record = new DtlsRecord
        {
            Type = datagram[0],
            Version = version,
            Epoch = BinaryPrimitives.ReadUInt16BigEndian(datagram[3..]),
            Body = datagram.Slice(HeaderLength, length),
        };
        datagram = datagram[(HeaderLength + length)..];
        return true;
    }
}
