using System.Buffers.Binary;

namespace Vittne.Protocols.RdpUdp;

/// <summary>The data of a datagram in either form, with its number.</summary>
internal readonly ref struct RdpUdpData
{
    private const int HeaderLength = 8;
    private const int VectorPrefixLength = 2;
    private const int SourceLength = 8;

    // MS-RDPEUDP section 2.2.2.7.
    private const int MaxVector = 2048;

    private const int PrefixOffset = 7;
    private const int LongDataPrefix = 0xE0;

    /// <summary>Number of the piece in its direction: all 32 bits in versions 1 and 2, the lower 16 in version 3.</summary>
    public uint Number { get; private init; }

    /// <summary>The piece.</summary>
    public ReadOnlySpan<byte> Payload { get; private init; }

    /// <summary>
    /// Reads a datagram of versions 1 and 2 that has source data (MS-RDPEUDP section 2.2.1).
    /// <code>
    /// source_ack(4) window(2) flags(2)  vector_size(2) vector padded to a multiple of 4  [ack_of_acks(4)]  coded_number(4) source_number(4) data
    /// </code>
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> datagram, out RdpUdpData data)
    {
        const RdpUdpFlags Needed = RdpUdpFlags.Ack | RdpUdpFlags.Data;
        data = default;
        if (datagram.Length < HeaderLength + VectorPrefixLength)
        {
            return false;
        }

        var flags = (RdpUdpFlags)BinaryPrimitives.ReadUInt16BigEndian(datagram[6..]);
        int vector = BinaryPrimitives.ReadUInt16BigEndian(datagram[HeaderLength..]);
        if ((flags & Needed) != Needed || (flags & ~RdpUdpFlags.WithData) != 0 || vector > MaxVector)
        {
            return false;
        }

        int source = HeaderLength + ((VectorPrefixLength + vector + 3) & ~3) + ((flags & RdpUdpFlags.AckOfAcks) != 0 ? 4 : 0);
        if (datagram.Length < source + SourceLength)
        {
            return false;
        }

        data = new RdpUdpData
        {
            Number = BinaryPrimitives.ReadUInt32BigEndian(datagram[(source + 4)..]),
            Payload = datagram[(source + SourceLength)..],
        };
        return true;
    }

    /// <summary>
    /// Reads a datagram of version 3 that has data (MS-RDPEUDP2 section 2.2.1, little-endian). The prefix byte stands in the place of the
    /// eighth byte and that one in front.
    /// <code>
    /// prefix(1) flags:12 window:4  [acknowledgment(7..22)] [overhead(1)] [delay(3)] [ack_of_acks(2)] data_number(2) [vector] channel_number(2) data
    /// </code>
    /// </summary>
    public static bool TryReadVersion3(ReadOnlySpan<byte> datagram, out RdpUdpData data)
    {
        data = default;
        if (datagram.Length <= PrefixOffset || datagram[PrefixOffset] != LongDataPrefix)
        {
            return false;
        }

        var flags = (RdpUdp2Flags)(Low(datagram, 1) & 0x0FFF);
        if ((flags & RdpUdp2Flags.Data) == 0 || (flags & ~RdpUdp2Flags.All) != 0)
        {
            return false;
        }

        int at = 3;
        if ((flags & RdpUdp2Flags.Ack) != 0)
        {
            // Number, time, gap, and as many additions as the upper four bits say.
            at += 7 + (ByteAt(datagram, at + 6) >> 4);
        }

        at += (flags & RdpUdp2Flags.OverheadSize) != 0 ? 1 : 0;
        at += (flags & RdpUdp2Flags.DelayInfo) != 0 ? 3 : 0;
        at += (flags & RdpUdp2Flags.AckOfAcks) != 0 ? 2 : 0;
        at += 2;
        if ((flags & RdpUdp2Flags.AckVector) != 0)
        {
            // Base number, size of the vector in seven bits, and whether time and gap are there.
            int size = ByteAt(datagram, at + 2);
            at += 3 + (size & 0x7F) + (size >> 7 << 2);
        }

        if (datagram.Length < at + 2)
        {
            return false;
        }

        // Where nothing but numbers comes before the data, its first byte is the one that stands in front.
        ReadOnlySpan<byte> payload = datagram[(at + 2)..];
        if (at + 2 == PrefixOffset)
        {
            byte[] restored = payload.ToArray();
            restored[0] = datagram[0];
            payload = restored;
        }

        data = new RdpUdpData { Number = (uint)Low(datagram, at), Payload = payload };
        return true;
    }

    private static int Low(ReadOnlySpan<byte> datagram, int at) => ByteAt(datagram, at) | (ByteAt(datagram, at + 1) << 8);

    /// <summary>A byte in the order of the format; 0 behind the end, which the length tells afterwards.</summary>
    private static int ByteAt(ReadOnlySpan<byte> datagram, int at) => at == PrefixOffset ? datagram[0] : at < datagram.Length ? datagram[at] : 0;
}
