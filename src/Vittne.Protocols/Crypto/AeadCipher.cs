namespace Vittne.Protocols.Crypto;

/// <summary>Authenticated encryption as TLS 1.3 and QUIC use it (RFC 5116), with nonces of 12 bytes and tags of 16.</summary>
internal abstract class AeadCipher
{
    /// <summary>Length of the tag.</summary>
    public const int TagLength = 16;

    /// <summary>Length of the nonce.</summary>
    public const int NonceLength = 12;

    /// <summary>Checks and decrypts.</summary>
    /// <param name="nonce">12 bytes.</param>
    /// <param name="sealedData">Ciphertext and tag.</param>
    /// <param name="additional">Bytes that the tag covers as they are.</param>
    /// <param name="plain">Takes the plaintext: as long as the ciphertext without tag.</param>
    /// <returns>False when the tag is wrong: nothing was written then.</returns>
    public abstract bool TryOpen(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> sealedData, ReadOnlySpan<byte> additional, Span<byte> plain);

    /// <summary>Encrypts; the output holds the ciphertext and the tag. Tests make packets with it.</summary>
    internal abstract void Seal(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> additional, Span<byte> sealedData);
}
