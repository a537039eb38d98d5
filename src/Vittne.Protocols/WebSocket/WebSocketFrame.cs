using System.Buffers.Binary;

namespace Vittne.Protocols.WebSocket;

/// <summary>
/// Header of a WebSocket frame (RFC 6455 section 5.2).
/// <code>
/// |F|R R R|opcode |M| length 7    | length 16 or 64, when 126 or 127 | masking key, when M | payload
/// </code>
/// </summary>
public readonly ref struct WebSocketFrame
{
    /// <summary>Longest payload that is taken for one: beyond it the bytes are no WebSocket.</summary>
    public const int MaxPayloadLength = 1 << 28;

    private const int MaskLength = 4;

    /// <summary>1 text, 2 binary, 0 continuation; 8 to 10 are control frames.</summary>
    public byte Opcode { get; private init; }

    /// <summary>Bytes of the header, the masking key included.</summary>
    public int HeaderLength { get; private init; }

    /// <summary>Bytes of the payload.</summary>
    public int PayloadLength { get; private init; }

    /// <summary>Masking key; empty when the payload is in clear.</summary>
    public ReadOnlySpan<byte> Mask { get; private init; }

    /// <summary>True for frames that carry a message's data.</summary>
    public bool IsData => Opcode <= 2;

    /// <summary>Reads the header at the start of the data.</summary>
    /// <param name="data">The stream.</param>
    /// <param name="frame">The header.</param>
    /// <returns>No when the bytes cannot be one, NeedMore when they end inside it.</returns>
    public static Recognition TryParse(ReadOnlySpan<byte> data, out WebSocketFrame frame)
    {
        frame = default;
        if (data.Length < 2)
        {
            return Recognition.NeedMore;
        }

        int opcode = data[0] & 0x0F;
        if ((data[0] & 0x70) != 0 || opcode is (> 2 and < 8) or > 10)
        {
            return Recognition.No;
        }

        int short7 = data[1] & 0x7F;
        int header = 2 + (short7 == 126 ? sizeof(ushort) : short7 == 127 ? sizeof(ulong) : 0);
        bool isMasked = (data[1] & 0x80) != 0;
        if (data.Length < header + (isMasked ? MaskLength : 0))
        {
            return Recognition.NeedMore;
        }

        ulong length = short7 switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(data[2..]),
            127 => BinaryPrimitives.ReadUInt64BigEndian(data[2..]),
            _ => (ulong)short7,
        };
        if (length > MaxPayloadLength)
        {
            return Recognition.No;
        }

        frame = new WebSocketFrame
        {
            Opcode = (byte)opcode,
            HeaderLength = header + (isMasked ? MaskLength : 0),
            PayloadLength = (int)length,
            Mask = isMasked ? data.Slice(header, MaskLength) : default,
        };
        return Recognition.Yes;
    }

    /// <summary>Copies payload bytes in clear.</summary>
    /// <param name="payload">Bytes as sent.</param>
    /// <param name="offset">Where they stand in the payload.</param>
    /// <param name="mask">Masking key; empty for none.</param>
    public static byte[] Unmask(ReadOnlySpan<byte> payload, long offset, ReadOnlySpan<byte> mask)
    {
        byte[] clear = payload.ToArray();
        for (int i = 0; i < clear.Length && !mask.IsEmpty; i++)
        {
            clear[i] ^= mask[(int)((offset + i) & 3)];
        }

        return clear;
    }
}
