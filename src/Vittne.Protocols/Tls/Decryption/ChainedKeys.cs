using System.Buffers.Binary;
using Vittne.Protocols.Crypto;

namespace Vittne.Protocols.Tls.Decryption;

/// <summary>
/// Records of TLS 1.0 to 1.2 with cipher block chaining (RFC 5246 section 6.2.3.2): the code stands before the padding, or behind the
/// ciphertext when both sides agreed on that (RFC 7366).
/// </summary>
internal sealed class ChainedKeys : RecordKeys
{
    private const int AdditionalLength = 13;

    private readonly AesCipher _aes;
    private readonly HmacKind _mac;
    private readonly byte[] _macKey;
    private readonly bool _encryptsFirst;
    private readonly byte[] _buffer = new byte[AdditionalLength + RecordHeader.MaxBodyLength];

    // TLS 1.0 goes on with the last block of the record before; later versions put a vector into each record.
    private readonly byte[]? _vector;

    /// <summary>Takes the keys of a direction.</summary>
    /// <param name="cipher">The cipher.</param>
    /// <param name="key">Its key.</param>
    /// <param name="macKey">Key of the authentication code.</param>
    /// <param name="vector">First vector of TLS 1.0; empty for later versions.</param>
    /// <param name="encryptsFirst">True when the code is that of the ciphertext.</param>
    public ChainedKeys(in BulkCipher cipher, ReadOnlySpan<byte> key, ReadOnlySpan<byte> macKey, ReadOnlySpan<byte> vector, bool encryptsFirst)
    {
        _aes = new AesCipher(key);
        _mac = cipher.Mac;
        _macKey = macKey.ToArray();
        _vector = vector.IsEmpty ? null : vector.ToArray();
        _encryptsFirst = encryptsFirst;
    }

    /// <inheritdoc/>
    protected override bool TryOpenBody(ReadOnlySpan<byte> header, ReadOnlySpan<byte> body, Span<byte> plain, ref byte type, out int length)
    {
        length = 0;
        int codeLength = Hmac.LengthOf(_mac);
        ReadOnlySpan<byte> data = body;
        if (_encryptsFirst)
        {
            if (body.Length < codeLength || !IsGenuine(header, body[..^codeLength], body[^codeLength..]))
            {
                return false;
            }

            data = body[..^codeLength];
        }

        ReadOnlySpan<byte> vector = _vector;
        if (_vector is null)
        {
            if (data.Length < AesCipher.BlockLength)
            {
                return false;
            }

            vector = data[..AesCipher.BlockLength];
            data = data[AesCipher.BlockLength..];
        }

        if (data.IsEmpty || data.Length % AesCipher.BlockLength != 0)
        {
            return false;
        }

        _aes.DecryptChained(vector, data, plain);
        length = data.Length - 1 - plain[data.Length - 1] - (_encryptsFirst ? 0 : codeLength);
        if (length < 0 || (!_encryptsFirst && !IsGenuine(header, plain[..length], plain.Slice(length, codeLength))))
        {
            return false;
        }

        if (_vector is not null)
        {
            data[^AesCipher.BlockLength..].CopyTo(_vector);
        }

        return true;
    }

    private bool IsGenuine(ReadOnlySpan<byte> header, ReadOnlySpan<byte> data, ReadOnlySpan<byte> code)
    {
        BinaryPrimitives.WriteUInt64BigEndian(_buffer, Sequence);
        header[..3].CopyTo(_buffer.AsSpan(sizeof(ulong)));
        BinaryPrimitives.WriteUInt16BigEndian(_buffer.AsSpan(11), (ushort)data.Length);
        data.CopyTo(_buffer.AsSpan(AdditionalLength));
        Span<byte> expected = stackalloc byte[Hmac.MaxLength];
        Hmac.Compute(_mac, _macKey, _buffer.AsSpan(0, AdditionalLength + data.Length), expected);
        return expected[..code.Length].SequenceEqual(code);
    }
}
