using System.Buffers.Binary;

namespace Vittne.Protocols.Tls;

/// <summary>Tells whether bytes begin like a direction of TLS. Strict: every fixed field that is there must be right.</summary>
internal static class TlsRecognition
{
    private const int MinClientHelloBody = 38;
    private const int MaxHelloBody = 64 << 10;

    /// <summary>Looks at the first bytes of either direction, or of what follows a gap.</summary>
    public static Recognition Recognise(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty)
        {
            return Recognition.NeedMore;
        }

        return data[0] switch
        {
            RecordType.Handshake => Handshake(data),
            RecordType.ChangeCipherSpec or RecordType.Alert or RecordType.ApplicationData => TwoRecords(data),
            >= 0x80 => SslV2(data),
            _ => Recognition.No,
        };
    }

    /// <summary>Whether a record is one that can stand there: version, length, and what its type demands of its body.</summary>
    private static bool IsPlausible(in RecordHeader header) =>
        header.IsRecord && header.HasLegalLength && header.BodyLength > 0 && header.Type switch
        {
            RecordType.ChangeCipherSpec => header.BodyLength == 1,
            RecordType.Alert => header.BodyLength == 2 || header.BodyLength >= 16,
            _ => true,
        };

    private static Recognition Handshake(ReadOnlySpan<byte> data)
    {
        if (!RecordHeader.TryRead(data, out RecordHeader header))
        {
            return data.Length < 2 || data[1] == 3 ? Recognition.NeedMore : Recognition.No;
        }

        if (!IsPlausible(header))
        {
            return Recognition.No;
        }

        ReadOnlySpan<byte> body = data[RecordHeader.Length..];
        if (body.IsEmpty)
        {
            return Recognition.NeedMore;
        }

        if (!HandshakeType.IsKnown(body[0]))
        {
            return TwoRecords(data);
        }

        if (header.BodyLength < HelloReader.HeaderLength)
        {
            // The header of a message is split over records: the next record must continue it.
            return TwoRecords(data);
        }

        if (body.Length < HelloReader.HeaderLength)
        {
            return Recognition.NeedMore;
        }

        int length = HelloReader.UInt24(body[1..]);
        return body[0] switch
        {
            HandshakeType.ClientHello or HandshakeType.ServerHello => Hello(body, length, header.BodyLength),
            HandshakeType.Certificate => length is > 3 and <= HandshakeJoiner.MaxMessageLength ? Recognition.Yes : Recognition.No,
            _ => length + HelloReader.HeaderLength == header.BodyLength ? Recognition.Yes : TwoRecords(data),
        };
    }

    private static Recognition Hello(ReadOnlySpan<byte> body, int length, int recordLength)
    {
        if (length is < MinClientHelloBody or > MaxHelloBody)
        {
            return Recognition.No;
        }

        if (recordLength < HelloReader.HeaderLength + 2)
        {
            return Recognition.Yes;
        }

        if (body.Length < HelloReader.HeaderLength + 2)
        {
            return Recognition.NeedMore;
        }

        return body[HelloReader.HeaderLength] is 3 or 0x7F ? Recognition.Yes : Recognition.No;
    }

    private static Recognition TwoRecords(ReadOnlySpan<byte> data)
    {
        for (int records = 0; records < 2; records++)
        {
            if (!RecordHeader.TryRead(data, out RecordHeader header))
            {
                bool isOpen = (data.Length < 1 || data[0] is >= RecordType.ChangeCipherSpec and <= RecordType.Heartbeat)
                    && (data.Length < 2 || data[1] == 3)
                    && (data.Length < 3 || data[2] <= 4);
                return isOpen ? Recognition.NeedMore : Recognition.No;
            }

            if (!IsPlausible(header))
            {
                return Recognition.No;
            }

            if (records == 0)
            {
                int next = RecordHeader.Length + header.BodyLength;
                if (next > data.Length)
                {
                    return Recognition.NeedMore;
                }

                data = data[next..];
            }
        }

        return Recognition.Yes;
    }

    private static Recognition SslV2(ReadOnlySpan<byte> data)
    {
        const int Prefix = 2;
        if (data.Length < Prefix + SslV2ClientHello.FixedLength)
        {
            bool isOpen = (data.Length < 3 || data[2] == 1) && (data.Length < 4 || data[3] is 0 or 3);
            return isOpen ? Recognition.NeedMore : Recognition.No;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(data) & 0x7FFF;
        return SslV2ClientHello.IsPlausible(data[Prefix..], length) ? Recognition.Yes : Recognition.No;
    }
}
