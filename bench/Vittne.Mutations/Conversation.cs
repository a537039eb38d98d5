using System.Buffers.Binary;

namespace Vittne.Mutations;

/// <summary>
/// What two sides said, in bytes that can be damaged like any others: two bytes of server port, then segments. A segment is a byte of flags, two
/// bytes of length, and data; what the flags and the length say is always possible, so every string of bytes is a conversation.
/// </summary>
/// <param name="input">The bytes.</param>
internal ref struct Conversation(ReadOnlySpan<byte> input)
{
    private const int FromServer = 1;
    private const int GapBit = 2;
    private const int EndBit = 4;
    private const int HeaderLength = 3;

    private ReadOnlySpan<byte> _rest = input.Length < 2 ? default : input[2..];

    /// <summary>Port of the server.</summary>
    public ushort ServerPort { get; } = input.Length < 2 ? (ushort)0 : BinaryPrimitives.ReadUInt16BigEndian(input);

    /// <summary>True when the current segment comes from the server.</summary>
    public bool IsFromServer { get; private set; }

    /// <summary>True when bytes are missing before the current segment.</summary>
    public bool IsAfterGap { get; private set; }

    /// <summary>True when its side ends with the current segment.</summary>
    public bool IsLast { get; private set; }

    /// <summary>Bytes of the current segment.</summary>
    public ReadOnlySpan<byte> Data { get; private set; } = default;

    /// <summary>Begins a conversation.</summary>
    public static byte[] Begin(ushort serverPort) => [(byte)(serverPort >> 8), (byte)serverPort];

    /// <summary>A conversation of texts, client first, the sides in turn.</summary>
    public static byte[] Of(ushort serverPort, params ReadOnlySpan<byte[]> turns)
    {
        byte[] conversation = Begin(serverPort);
        for (int i = 0; i < turns.Length; i++)
        {
            conversation = Append(conversation, i % 2 == 1, turns[i]);
        }

        return conversation;
    }

    /// <summary>Appends a segment.</summary>
    public static byte[] Append(byte[] conversation, bool isFromServer, ReadOnlySpan<byte> data)
    {
        while (true)
        {
            int length = Math.Min(data.Length, ushort.MaxValue);
            conversation = [.. conversation, (byte)(isFromServer ? FromServer : 0), (byte)(length >> 8), (byte)length, .. data[..length]];
            data = data[length..];
            if (data.IsEmpty)
            {
                return conversation;
            }
        }
    }

    /// <summary>Goes on to the next segment.</summary>
    public bool TryNext()
    {
        if (_rest.Length < HeaderLength)
        {
            return false;
        }

        byte flags = _rest[0];

        // Rare in good conversations, so that damage to a flag byte seldom ends all that follows.
        IsFromServer = (flags & FromServer) != 0;
        IsAfterGap = (flags & (GapBit | EndBit)) == GapBit;
        IsLast = (flags & (GapBit | EndBit)) == (GapBit | EndBit);
        int length = Math.Min(BinaryPrimitives.ReadUInt16BigEndian(_rest[1..]), _rest.Length - HeaderLength);
        Data = _rest.Slice(HeaderLength, length);
        _rest = _rest[(HeaderLength + length)..];
        return true;
    }
}
