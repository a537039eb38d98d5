using System.Buffers.Binary;

namespace Vittne.Flows.Metering;

/// <summary>Reads the options of a SYN, RFC 9293 section 3.1.</summary>
internal static class TcpOptionReader
{
    private const int HeaderLength = 20;

    /// <summary>Reads what lies between the fixed header and the payload, as far as it was captured.</summary>
    /// <param name="header">The TCP header.</param>
    /// <param name="measure">Takes what is found.</param>
    public static void Read(ReadOnlySpan<byte> header, ref PacketMeasure measure)
    {
        int at = HeaderLength;
        while (at < header.Length)
        {
            byte kind = header[at];
            if (kind == 0)
            {
                return;
            }

            if (kind == 1)
            {
                at++;
                continue;
            }

            int length = at + 1 < header.Length ? header[at + 1] : 0;
            if (length < 2 || at + length > header.Length)
            {
                return;
            }

            Take(kind, header.Slice(at + 2, length - 2), ref measure);
            at += length;
        }
    }

    private static void Take(byte kind, ReadOnlySpan<byte> value, ref PacketMeasure measure)
    {
        switch (kind)
        {
            case 2 when value.Length == 2:
                measure.Options |= TcpOptionSet.SegmentSize;
                measure.SegmentSize = BinaryPrimitives.ReadUInt16BigEndian(value);
                break;
            case 3 when value.Length == 1:
                measure.Options |= TcpOptionSet.WindowScale;

                // RFC 7323 section 2.3: larger ones count as 14.
                measure.Scale = (byte)(Math.Min(value[0], (byte)14) + 1);
                break;
            case 4 when value.Length == 0:
                measure.Options |= TcpOptionSet.SackPermitted;
                break;
            case 5:
                measure.Options |= TcpOptionSet.Sack;
                break;
            case 8 when value.Length == 8:
                measure.Options |= TcpOptionSet.Timestamps;
                break;
            case 34:
                measure.Options |= TcpOptionSet.FastOpen;
                break;
            default:
                break;
        }
    }
}
