using System.Buffers.Binary;

namespace Vittne.Protocols.Tls;

/// <summary>
/// The header before each TLS record (RFC 8446 section 5.1).
/// <code>
/// type(1) version(2) length(2)
/// </code>
/// </summary>
internal readonly struct RecordHeader
{
    /// <summary>Length of the header in bytes.</summary>
    public const int Length = 5;

    /// <summary>Most bytes of a record: 2^14 and what compression and encryption of TLS 1.2 may add (RFC 5246 section 6.2.3).</summary>
    public const int MaxBodyLength = 16_384 + 2_048;

    /// <summary>Content type.</summary>
    public byte Type { get; private init; }

    /// <summary>Version field.</summary>
    public ushort Version { get; private init; }

    /// <summary>Bytes that follow the header.</summary>
    public int BodyLength { get; private init; }

    /// <summary>True when type and version are those of a record; the length may still be too large.</summary>
    public bool IsRecord { get; private init; }

    /// <summary>True when the length is one that a record can have.</summary>
    public bool HasLegalLength => BodyLength <= MaxBodyLength;

    /// <summary>Reads the header; false when fewer than five bytes are there.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out RecordHeader header)
    {
        header = default;
        if (data.Length < Length)
        {
            return false;
        }

        header = new RecordHeader
        {
            Type = data[0],
            Version = BinaryPrimitives.ReadUInt16BigEndian(data[1..]),
            BodyLength = BinaryPrimitives.ReadUInt16BigEndian(data[3..]),
            IsRecord = data[0] is >= RecordType.ChangeCipherSpec and <= RecordType.Heartbeat && data[1] == 3 && data[2] <= 4,
        };
        return true;
    }
}
