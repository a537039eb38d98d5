using Vittne.Packets;

namespace Vittne.Protocols.Quic;

/// <summary>The frames that Initial packets may hold (RFC 9000 section 12.4); only the data of CRYPTO frames is kept.</summary>
internal static class QuicFrames
{
    private const byte Padding = 0x00;
    private const byte Ping = 0x01;
    private const byte Ack = 0x02;
    private const byte AckWithEcn = 0x03;

    /// <summary>Gathers CRYPTO data. A frame that has no place in an Initial packet, or is cut, ends the walk.</summary>
    /// <param name="frames">The plain payload of a packet.</param>
    /// <param name="cryptoType">Frame type of CRYPTO in the packet's version.</param>
    /// <param name="stream">Takes the data.</param>
    public static void Gather(ReadOnlySpan<byte> frames, byte cryptoType, CryptoStream stream)
    {
        var reader = new WireReader(frames);
        while (reader.TryReadUInt8(out byte type))
        {
            switch (type)
            {
                case Padding or Ping:
                    break;

                case Ack or AckWithEcn when TrySkipAck(ref reader, type == AckWithEcn):
                    break;

                case byte when type == cryptoType && QuicReader.TryReadVariable(ref reader, out ulong offset)
                    && QuicReader.TryTakeCounted(ref reader, out ReadOnlySpan<byte> data):
                    stream.Add(offset, data);
                    break;

                default:
                    return;
            }
        }
    }

    /// <summary>True when the first frame is CRYPTO at offset 0 and holds the start of a ClientHello: no random bytes look so.</summary>
    public static bool BeginsClientHello(ReadOnlySpan<byte> frames, byte cryptoType)
    {
        var reader = new WireReader(frames);
        return reader.TryReadUInt8(out byte type) && type == cryptoType
            && QuicReader.TryReadVariable(ref reader, out ulong offset) && offset == 0
            && QuicReader.TryTakeCounted(ref reader, out ReadOnlySpan<byte> data)
            && data is [1, 0, _, _, 3, 3, ..];
    }

    private static bool TrySkipAck(scoped ref WireReader reader, bool hasEcn)
    {
        if (!QuicReader.TryReadVariable(ref reader, out _) || !QuicReader.TryReadVariable(ref reader, out _)
            || !QuicReader.TryReadVariable(ref reader, out ulong ranges) || !QuicReader.TryReadVariable(ref reader, out _))
        {
            return false;
        }

        // Each range takes two bytes at least, so the data ends the loop whatever the count says.
        for (ulong i = 0; i < ranges; i++)
        {
            if (!QuicReader.TryReadVariable(ref reader, out _) || !QuicReader.TryReadVariable(ref reader, out _))
            {
                return false;
            }
        }

        return !hasEcn || (QuicReader.TryReadVariable(ref reader, out _) && QuicReader.TryReadVariable(ref reader, out _)
            && QuicReader.TryReadVariable(ref reader, out _));
    }
}
