using System.Buffers.Binary;
using Vittne.Protocols.Crypto;

namespace Vittne.Protocols.Tls.Decryption;

/// <summary>Records of TLS 1.3 (RFC 8446 section 5.2): the content type stands behind the content.</summary>
internal sealed class Tls13Keys : RecordKeys
{
    private readonly BulkCipher _cipher;
    private readonly byte[] _vector = new byte[AeadCipher.NonceLength];
    private byte[] _secret;
    private AeadCipher _aead;

    /// <summary>Derives keys from a traffic secret (RFC 8446 section 7.3).</summary>
    public Tls13Keys(in BulkCipher cipher, byte[] secret)
    {
        _cipher = cipher;
        _secret = secret;
        _aead = Derive();
    }

    /// <inheritdoc/>
    public override bool TryUpdate()
    {
        byte[] next = new byte[Hmac.LengthOf(_cipher.Hash)];
        Hkdf.ExpandLabel(_cipher.Hash, _secret, "traffic upd", next);
        _secret = next;
        _aead = Derive();
        Restart();
        return true;
    }

    /// <inheritdoc/>
    protected override bool TryOpenBody(ReadOnlySpan<byte> header, ReadOnlySpan<byte> body, Span<byte> plain, ref byte type, out int length)
    {
        length = 0;
        Span<byte> nonce = stackalloc byte[AeadCipher.NonceLength];
        WriteNonce(_vector, Sequence, nonce);
        if (!_aead.TryOpen(nonce, body, header, plain))
        {
            return false;
        }

        length = plain[..(body.Length - AeadCipher.TagLength)].TrimEnd((byte)0).Length - 1;
        if (length < 0)
        {
            return false;
        }

        type = plain[length];
        return true;
    }

    /// <summary>The vector with the number of the record on its last eight bytes.</summary>
    internal static void WriteNonce(ReadOnlySpan<byte> vector, ulong sequence, Span<byte> nonce)
    {
        vector.CopyTo(nonce);
        Span<byte> end = nonce[^sizeof(ulong)..];
        BinaryPrimitives.WriteUInt64BigEndian(end, BinaryPrimitives.ReadUInt64BigEndian(end) ^ sequence);
    }

    private AeadCipher Derive()
    {
        Span<byte> key = stackalloc byte[BulkCipher.MaxKeyLength];
        key = key[.._cipher.KeyLength];
        Hkdf.ExpandLabel(_cipher.Hash, _secret, "key", key);
        Hkdf.ExpandLabel(_cipher.Hash, _secret, "iv", _vector);
        return _cipher.CreateAead(key);
    }
}
