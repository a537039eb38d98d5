using System.Buffers.Binary;
using Vittne.Protocols.Crypto;

namespace Vittne.Protocols.Tls.Decryption;

/// <summary>Records of TLS 1.2 with authenticated encryption (RFC 5288, RFC 7905).</summary>
internal sealed class Tls12AeadKeys : RecordKeys
{
    /// <summary>Length of the part of a nonce of AES-GCM that stands in the record.</summary>
    private const int ExplicitLength = 8;

    private const int AdditionalLength = 13;

    private readonly AeadCipher _aead;
    private readonly byte[] _vector;

    /// <summary>Takes the keys of a direction.</summary>
    /// <param name="cipher">The cipher.</param>
    /// <param name="key">Its key.</param>
    /// <param name="vector">The fixed part of the nonce: 4 bytes, or 12 for ChaCha20-Poly1305.</param>
    public Tls12AeadKeys(in BulkCipher cipher, ReadOnlySpan<byte> key, ReadOnlySpan<byte> vector)
    {
        _aead = cipher.CreateAead(key);
        _vector = vector.ToArray();
    }

    /// <inheritdoc/>
    protected override bool TryOpenBody(ReadOnlySpan<byte> header, ReadOnlySpan<byte> body, Span<byte> plain, ref byte type, out int length)
    {
        length = 0;
        Span<byte> nonce = stackalloc byte[AeadCipher.NonceLength];
        if (_vector.Length == nonce.Length)
        {
            Tls13Keys.WriteNonce(_vector, Sequence, nonce);
        }
        else
        {
            if (body.Length < ExplicitLength)
            {
                return false;
            }

            _vector.CopyTo(nonce);
            body[..ExplicitLength].CopyTo(nonce[_vector.Length..]);
            body = body[ExplicitLength..];
        }

        length = body.Length - AeadCipher.TagLength;
        if (length < 0)
        {
            return false;
        }

        Span<byte> additional = stackalloc byte[AdditionalLength];
        WriteAdditional(header, length, additional);
        return _aead.TryOpen(nonce, body, additional, plain);
    }

    private void WriteAdditional(ReadOnlySpan<byte> header, int length, Span<byte> additional)
    {
        BinaryPrimitives.WriteUInt64BigEndian(additional, Sequence);
        header[..3].CopyTo(additional[sizeof(ulong)..]);
        BinaryPrimitives.WriteUInt16BigEndian(additional[11..], (ushort)length);
    }
}
