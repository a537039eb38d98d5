namespace Vittne.Protocols.Crypto;

/// <summary>Digests of whole files.</summary>
public enum DigestKind : byte
{
    /// <summary>SHA-256 (FIPS 180-4).</summary>
    Sha256,

    /// <summary>SHA-1 (FIPS 180-4).</summary>
    Sha1,

    /// <summary>MD5 (RFC 1321).</summary>
    Md5,

    /// <summary>RIPEMD-160.</summary>
    Ripemd160,
}
