using System.Buffers.Binary;

namespace Vittne.Protocols.Tls;

/// <summary>
/// The answer of a server that speaks SSLv2 only.
/// <code>
/// type(1)=4 session_id_hit(1) certificate_type(1) version(2) certificate_length(2) cipher_specs_length(2) connection_id_length(2)
/// certificate cipher_specs connection_id
/// </code>
/// </summary>
internal readonly ref struct SslV2ServerHello
{
    /// <summary>Its message type.</summary>
    public const byte MessageType = 4;

    /// <summary>Bytes before the certificate.</summary>
    public const int FixedLength = 11;

    private const ushort Version = 0x0002;

    /// <summary>DER of the certificate; empty when a session is resumed.</summary>
    public ReadOnlySpan<byte> Certificate { get; private init; }

    /// <summary>Whether the fixed part, which is there, is one of a message of a length.</summary>
    public static bool IsPlausible(ReadOnlySpan<byte> message, int length) =>
        message[0] == MessageType && BinaryPrimitives.ReadUInt16BigEndian(message[3..]) == Version
        && FixedLength + BinaryPrimitives.ReadUInt16BigEndian(message[5..]) + BinaryPrimitives.ReadUInt16BigEndian(message[7..])
            + BinaryPrimitives.ReadUInt16BigEndian(message[9..]) == length;

    /// <summary>Reads a hello that fills <paramref name="message"/> (without the two bytes of record length).</summary>
    public static bool TryParse(ReadOnlySpan<byte> message, out SslV2ServerHello hello)
    {
        hello = default;
        if (message.Length < FixedLength || !IsPlausible(message, message.Length))
        {
            return false;
        }

        hello = new SslV2ServerHello { Certificate = message.Slice(FixedLength, BinaryPrimitives.ReadUInt16BigEndian(message[5..])) };
        return true;
    }
}
