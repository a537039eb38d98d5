namespace Vittne.Protocols.Crypto;

/// <summary>How a cipher suite encrypts.</summary>
internal enum BulkCipherKind : byte
{
    /// <summary>AES-GCM.</summary>
    AesGcm,

    /// <summary>ChaCha20-Poly1305.</summary>
    ChaChaPoly,

    /// <summary>AES in cipher block chaining, with HMAC.</summary>
    AesCbc,
}
