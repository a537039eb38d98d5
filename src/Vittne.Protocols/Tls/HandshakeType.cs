namespace Vittne.Protocols.Tls;

/// <summary>Types of handshake messages that are looked at (RFC 8446 section 4, RFC 5246 section 7.4).</summary>
internal static class HandshakeType
{
    /// <summary>client_hello.</summary>
    public const byte ClientHello = 1;

    /// <summary>server_hello.</summary>
    public const byte ServerHello = 2;

    /// <summary>hello_verify_request of DTLS; hello_retry_request of TLS 1.3 drafts is 6.</summary>
    public const byte HelloRetryRequest = 6;

    /// <summary>certificate.</summary>
    public const byte Certificate = 11;

    /// <summary>server_key_exchange.</summary>
    public const byte ServerKeyExchange = 12;

    /// <summary>encrypted_extensions of TLS 1.3.</summary>
    public const byte EncryptedExtensions = 8;

    /// <summary>finished: the last message under the keys of the handshake.</summary>
    public const byte Finished = 20;

    /// <summary>key_update of TLS 1.3.</summary>
    public const byte KeyUpdate = 24;

    /// <summary>compressed_certificate (RFC 8879).</summary>
    public const byte CompressedCertificate = 25;

    /// <summary>Whether a message is wanted that was encrypted.</summary>
    public static bool IsWantedOpened(byte type) => IsWanted(type) || type is EncryptedExtensions or Finished or KeyUpdate or CompressedCertificate;

    /// <summary>Whether the content of a message is wanted.</summary>
    public static bool IsWanted(byte type) => type is ClientHello or ServerHello or HelloRetryRequest or Certificate;

    /// <summary>Whether a number is one that a peer sends in the clear.</summary>
    public static bool IsKnown(byte type) => type is <= 4 or 6 or 8 or (>= 11 and <= 16) or (>= 20 and <= 25) or 67;
}
