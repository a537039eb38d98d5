namespace Vittne.Protocols.Crypto;

/// <summary>What a cipher suite says about the protection of data; the key exchange is of no matter here.</summary>
/// <param name="Kind">How it encrypts.</param>
/// <param name="KeyLength">Length of the key in bytes.</param>
/// <param name="Hash">Hash of the key derivation from TLS 1.2 on.</param>
/// <param name="Mac">Hash of the authentication code, for block chaining.</param>
internal readonly record struct BulkCipher(BulkCipherKind Kind, int KeyLength, HmacKind Hash, HmacKind Mac)
{
    /// <summary>Length of the longest key in bytes.</summary>
    public const int MaxKeyLength = 32;

    private const string Behind = "_WITH_";

    /// <summary>That of Initial packets of QUIC (RFC 9001 section 5.2).</summary>
    public static BulkCipher Initial { get; } = new(BulkCipherKind.AesGcm, 16, HmacKind.Sha256, HmacKind.Sha256);

    /// <summary>Reads the IANA name of a suite, which says all of it.</summary>
    /// <param name="name"><c>TLS_AES_128_GCM_SHA256</c>, <c>TLS_RSA_WITH_AES_256_CBC_SHA</c>; null for none.</param>
    /// <param name="cipher">The cipher.</param>
    /// <returns>False for what is not decrypted here.</returns>
    public static bool TryFind(string? name, out BulkCipher cipher)
    {
        cipher = default;
        if (name is null || !name.StartsWith("TLS_", StringComparison.Ordinal))
        {
            return false;
        }

        int with = name.IndexOf(Behind, StringComparison.Ordinal);
        BulkCipher? found = (with < 0 ? name["TLS_".Length..] : name[(with + Behind.Length)..]) switch
        {
            "AES_128_GCM_SHA256" => new(BulkCipherKind.AesGcm, 16, HmacKind.Sha256, HmacKind.Sha256),
            "AES_256_GCM_SHA384" => new(BulkCipherKind.AesGcm, 32, HmacKind.Sha384, HmacKind.Sha384),
            "CHACHA20_POLY1305_SHA256" => new(BulkCipherKind.ChaChaPoly, 32, HmacKind.Sha256, HmacKind.Sha256),
            "AES_128_CBC_SHA" => new(BulkCipherKind.AesCbc, 16, HmacKind.Sha256, HmacKind.Sha1),
            "AES_256_CBC_SHA" => new(BulkCipherKind.AesCbc, 32, HmacKind.Sha256, HmacKind.Sha1),
            "AES_128_CBC_SHA256" => new(BulkCipherKind.AesCbc, 16, HmacKind.Sha256, HmacKind.Sha256),
            "AES_256_CBC_SHA256" => new(BulkCipherKind.AesCbc, 32, HmacKind.Sha256, HmacKind.Sha256),
            "AES_256_CBC_SHA384" => new(BulkCipherKind.AesCbc, 32, HmacKind.Sha384, HmacKind.Sha384),
            _ => null,
        };
        cipher = found.GetValueOrDefault();
        return found is not null;
    }

    /// <summary>Makes the cipher, for the kinds that authenticate by themselves.</summary>
    public AeadCipher CreateAead(ReadOnlySpan<byte> key) => Kind == BulkCipherKind.ChaChaPoly ? new ChaChaPolyCipher(key) : new AesGcmCipher(key);
}
