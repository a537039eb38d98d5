namespace Vittne.Protocols.Crypto;

/// <summary>Hash functions of HMAC and of the key derivation of TLS.</summary>
internal enum HmacKind : byte
{
    /// <summary>SHA-256.</summary>
    Sha256,

    /// <summary>SHA-384.</summary>
    Sha384,

    /// <summary>SHA-1: cipher suites with block chaining.</summary>
    Sha1,

    /// <summary>MD5: key derivation before TLS 1.2.</summary>
    Md5,
}
