namespace Vittne.Protocols.Tls;

/// <summary>One handshake message of DTLS that is gathered from its fragments (RFC 6347 section 4.2.3).</summary>
internal sealed class DtlsMessage
{
    private readonly byte[] _message;
    private readonly FragmentRanges _ranges = new();

    /// <summary>Makes an empty message.</summary>
    /// <param name="type">Handshake type.</param>
    /// <param name="sequence">Its message_seq.</param>
    /// <param name="length">Length of the body, which the caller bounded.</param>
    public DtlsMessage(byte type, ushort sequence, int length)
    {
        Sequence = sequence;
        _message = new byte[HelloReader.HeaderLength + length];
        _message[0] = type;
        _message[1] = (byte)(length >> 16);
        _message[2] = (byte)(length >> 8);
        _message[3] = (byte)length;
    }

    /// <summary>Number of the message within its direction.</summary>
    public ushort Sequence { get; }

    /// <summary>Length of the body.</summary>
    public int Length => _message.Length - HelloReader.HeaderLength;

    /// <summary>Handshake type.</summary>
    public byte Type => _message[0];

    /// <summary>The message as TLS would have it: type, length, body.</summary>
    public ReadOnlySpan<byte> Bytes => _message;

    /// <summary>Adds a fragment; bytes that are there already stay as they are.</summary>
    /// <returns>True when the message is whole.</returns>
    public bool Add(int offset, ReadOnlySpan<byte> fragment)
    {
        _ranges.Add(_message.AsSpan(HelloReader.HeaderLength), offset, fragment);
        return _ranges.ContiguousLength >= Length;
    }
}
