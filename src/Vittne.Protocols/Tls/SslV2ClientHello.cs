using System.Buffers.Binary;

namespace Vittne.Protocols.Tls;

/// <summary>
/// A ClientHello in SSLv2 framing, as old clients send it to offer SSLv3 or TLS as well (RFC 5246 appendix E.2). It has no extensions,
/// so no server name, and no JA3 or JA4 is defined for it.
/// <code>
/// type(1)=1 version(2) cipher_spec_length(2) session_id_length(2) challenge_length(2) cipher_specs(3 each) session_id challenge
/// </code>
/// </summary>
public readonly ref struct SslV2ClientHello
{
    /// <summary>Bytes before the cipher specs.</summary>
    internal const int FixedLength = 9;

    private const int CipherSpecLength = 3;

    /// <summary>Highest version offered: 0002, 0300, 0301 …</summary>
    public ushort Version { get; private init; }

    /// <summary>Cipher specs, three bytes each; those of TLS begin with 00.</summary>
    public ReadOnlySpan<byte> CipherSpecs { get; private init; }

    /// <summary>Session to resume: 0 or 16 bytes.</summary>
    public ReadOnlySpan<byte> SessionId { get; private init; }

    /// <summary>16 to 32 bytes of random.</summary>
    public ReadOnlySpan<byte> Challenge { get; private init; }

    /// <summary>Reads a hello that fills <paramref name="message"/> (without the two bytes of record length). Strict.</summary>
    public static bool TryParse(ReadOnlySpan<byte> message, out SslV2ClientHello hello)
    {
        hello = default;
        if (message.Length < FixedLength || !IsPlausible(message, message.Length))
        {
            return false;
        }

        int ciphers = BinaryPrimitives.ReadUInt16BigEndian(message[3..]);
        int sessionId = BinaryPrimitives.ReadUInt16BigEndian(message[5..]);
        hello = new SslV2ClientHello
        {
            Version = BinaryPrimitives.ReadUInt16BigEndian(message[1..]),
            CipherSpecs = message.Slice(FixedLength, ciphers),
            SessionId = message.Slice(FixedLength + ciphers, sessionId),
            Challenge = message[(FixedLength + ciphers + sessionId)..],
        };
        return true;
    }

    /// <summary>Whether the fixed part, which is there, is one of a message of a length.</summary>
    internal static bool IsPlausible(ReadOnlySpan<byte> message, int length)
    {
        ushort version = BinaryPrimitives.ReadUInt16BigEndian(message[1..]);
        int ciphers = BinaryPrimitives.ReadUInt16BigEndian(message[3..]);
        int sessionId = BinaryPrimitives.ReadUInt16BigEndian(message[5..]);
        int challenge = BinaryPrimitives.ReadUInt16BigEndian(message[7..]);
        return message[0] == 1
            && version is 0x0002 or (>= 0x0300 and <= 0x0304)
            && ciphers > 0 && ciphers % CipherSpecLength == 0
            && sessionId is 0 or 16
            && challenge is >= 16 and <= 32
            && FixedLength + ciphers + sessionId + challenge == length;
    }
}
