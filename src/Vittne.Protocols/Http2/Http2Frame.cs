using System.Buffers.Binary;

namespace Vittne.Protocols.Http2;

/// <summary>
/// Header of a frame, RFC 9113 section 4.1.
/// <code>
///  0                   1                   2                   3
/// |                 length                        |     type      |
/// |     flags     |R|                  stream                     |
/// </code>
/// </summary>
/// <param name="Length">Bytes of payload behind the header.</param>
/// <param name="Type">What it is.</param>
/// <param name="Flags">Flags, by type.</param>
/// <param name="Stream">The stream; 0 is the connection.</param>
internal readonly record struct Http2Frame(int Length, Http2FrameType Type, byte Flags, int Stream)
{
    /// <summary>Bytes of the header.</summary>
    public const int HeaderLength = 9;

    private const byte EndStreamFlag = 0x01;
    private const byte EndHeadersFlag = 0x04;
    private const byte PaddedFlag = 0x08;
    private const byte PriorityFlag = 0x20;

    // RFC 9113 section 4.2: what both ends take without being asked. Extensions have no use for more.
    private const int UsualLength = 16384;

    /// <summary>True for the last frame of a message.</summary>
    public bool EndsStream => (Flags & EndStreamFlag) != 0 && Type is Http2FrameType.Data or Http2FrameType.Headers;

    /// <summary>True when the header block ends with it.</summary>
    public bool EndsHeaders => (Flags & EndHeadersFlag) != 0;

    /// <summary>True when a byte tells how much padding stands at its end.</summary>
    public bool IsPadded => (Flags & PaddedFlag) != 0 && Type is Http2FrameType.Data or Http2FrameType.Headers or Http2FrameType.PushPromise;

    /// <summary>True when five bytes of priority stand before the header block.</summary>
    public bool HasPriority => (Flags & PriorityFlag) != 0 && Type == Http2FrameType.Headers;

    /// <summary>True when its length and stream are possible for its type.</summary>
    public bool IsPossible => Type switch
    {
        Http2FrameType.Data or Http2FrameType.Headers or Http2FrameType.PushPromise or Http2FrameType.Continuation => Stream != 0,
        Http2FrameType.Priority => Stream != 0 && Length == 5,
        Http2FrameType.Reset => Stream != 0 && Length == 4,
        Http2FrameType.Settings => Stream == 0 && Length % 6 == 0 && Length <= UsualLength,
        Http2FrameType.Ping => Stream == 0 && Length == 8,
        Http2FrameType.GoAway => Stream == 0 && Length is >= 8 and <= UsualLength,
        Http2FrameType.WindowUpdate => Length == 4,
        _ => Length <= UsualLength,
    };

    /// <summary>Reads a header; nine bytes must be there.</summary>
    public static Http2Frame Read(ReadOnlySpan<byte> data)
    {
        uint first = BinaryPrimitives.ReadUInt32BigEndian(data);
        int stream = (int)(BinaryPrimitives.ReadUInt32BigEndian(data[5..]) & 0x7FFF_FFFF);
        return new Http2Frame((int)(first >> 8), (Http2FrameType)(byte)first, data[4], stream);
    }

    /// <summary>The fragment of a header block in the payload of a HEADERS, PUSH_PROMISE or CONTINUATION frame.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="fragment">The fragment, without priority and padding.</param>
    /// <param name="promised">The stream that is promised; 0 in other frames.</param>
    /// <returns>False when the payload is shorter than what the flags announce.</returns>
    public bool TryReadFragment(ReadOnlySpan<byte> payload, out ReadOnlySpan<byte> fragment, out int promised)
    {
        fragment = default;
        promised = 0;
        int start = 0;
        int padding = 0;
        if (IsPadded)
        {
            padding = payload.IsEmpty ? 0 : payload[0];
            start = 1;
        }

        if (Type == Http2FrameType.PushPromise)
        {
            if (payload.Length < start + 4)
            {
                return false;
            }

            promised = (int)(BinaryPrimitives.ReadUInt32BigEndian(payload[start..]) & 0x7FFF_FFFF);
            start += 4;
        }

        start += HasPriority ? 5 : 0;
        if (start + padding > payload.Length)
        {
            return false;
        }

        fragment = payload[start..^padding];
        return true;
    }
}
