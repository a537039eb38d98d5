using System.Buffers.Binary;

namespace Vittne.Engine.Info.Deep;

/// <summary>Options of a TCP header (RFC 9293 section 3.2, RFC 7323).</summary>
internal readonly struct TcpOptions
{
    private const int HeaderLength = 20;
    private const byte End = 0;
    private const byte NoOperation = 1;
    private const byte MaximumSegmentSize = 2;
    private const byte WindowScale = 3;
    private const byte Timestamps = 8;

    /// <summary>Reads the options of a header that is wholly there.</summary>
    public TcpOptions(ReadOnlySpan<byte> header)
    {
        ReadOnlySpan<byte> rest = header[HeaderLength..];
        while (!rest.IsEmpty && rest[0] != End)
        {
            // Four bits for a kind are enough: higher ones are rare and fold.
            Order = (Order << 4) | (uint)(rest[0] & 0xF);
            if (rest[0] == NoOperation)
            {
                rest = rest[1..];
                continue;
            }

            if (rest.Length < 2 || rest[1] < 2 || rest[1] > rest.Length)
            {
                return;
            }

            switch (rest[0])
            {
                case MaximumSegmentSize when rest[1] == 4:
                    SegmentSize = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
                    break;
                case WindowScale when rest[1] == 3:
                    Scale = rest[2];
                    break;
                case Timestamps when rest[1] == 10:
                    HasTimestamp = true;
                    Timestamp = BinaryPrimitives.ReadUInt32BigEndian(rest[2..]);
                    break;
                default:
                    break;
            }

            rest = rest[rest[1]..];
        }
    }

    /// <summary>Kinds of the options in their order, four bits each; the last sixteen of them.</summary>
    public ulong Order { get; }

    /// <summary>Maximum segment size; 0 when not told.</summary>
    public ushort SegmentSize { get; }

    /// <summary>Window scale; 0 when not told.</summary>
    public byte Scale { get; }

    /// <summary>Whether there is a timestamp.</summary>
    public bool HasTimestamp { get; }

    /// <summary>The sender's timestamp.</summary>
    public uint Timestamp { get; }
}
