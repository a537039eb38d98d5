using System.Buffers.Binary;

namespace Vittne.Protocols.Crypto;

/// <summary>
/// AES-128-GCM (NIST SP 800-38D) with nonces of 12 bytes and tags of 16: the protection of QUIC Initial packets. Own, since the
/// platform's needs OpenSSL at run time.
/// </summary>
/// <param name="key">16 bytes.</param>
internal sealed class AesGcm128(ReadOnlySpan<byte> key)
{
    /// <summary>Length of the tag.</summary>
    public const int TagLength = 16;

    /// <summary>Length of the nonce.</summary>
    public const int NonceLength = 12;

    private readonly Aes128 _cipher = new(key);
    private GHash? _hash;

    /// <summary>Checks and decrypts.</summary>
    /// <param name="nonce">12 bytes.</param>
    /// <param name="sealedData">Ciphertext and tag.</param>
    /// <param name="additional">Bytes that the tag covers as they are.</param>
    /// <param name="plain">Takes the plaintext: as long as the ciphertext without tag.</param>
    /// <returns>False when the tag is wrong: nothing was written then.</returns>
    public bool TryOpen(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> sealedData, ReadOnlySpan<byte> additional, Span<byte> plain)
    {
        if (sealedData.Length < TagLength || plain.Length < sealedData.Length - TagLength)
        {
            return false;
        }

        ReadOnlySpan<byte> data = sealedData[..^TagLength];
        Span<byte> tag = stackalloc byte[TagLength];
        ComputeTag(nonce, data, additional, tag);
        if (!tag.SequenceEqual(sealedData[^TagLength..]))
        {
            return false;
        }

        ApplyKeyStream(nonce, data, plain);
        return true;
    }

    /// <summary>Decrypts without a look at the tag: for evidence, where a receiver would throw the packet away.</summary>
    public void OpenUnchecked(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> sealedData, Span<byte> plain)
    {
        if (sealedData.Length >= TagLength)
        {
            ApplyKeyStream(nonce, sealedData[..^TagLength], plain);
        }
    }

    /// <summary>Encrypts; the output holds the ciphertext and the tag. Tests make packets with it.</summary>
    internal void Seal(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> additional, Span<byte> sealedData)
    {
        ApplyKeyStream(nonce, plain, sealedData);
        ComputeTag(nonce, sealedData[..plain.Length], additional, sealedData[plain.Length..]);
    }

    private void ApplyKeyStream(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> input, Span<byte> output)
    {
        Span<byte> counter = stackalloc byte[Aes128.BlockLength];
        Span<byte> stream = stackalloc byte[Aes128.BlockLength];
        nonce.CopyTo(counter);
        uint number = 2;
        for (int done = 0; done < input.Length; done += Aes128.BlockLength)
        {
            BinaryPrimitives.WriteUInt32BigEndian(counter[NonceLength..], number++);
            _cipher.Encrypt(counter, stream);
            int length = Math.Min(Aes128.BlockLength, input.Length - done);
            for (int i = 0; i < length; i++)
            {
                output[done + i] = (byte)(input[done + i] ^ stream[i]);
            }
        }
    }

    private void ComputeTag(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> data, ReadOnlySpan<byte> additional, Span<byte> tag)
    {
        Span<byte> block = stackalloc byte[Aes128.BlockLength];
        if (_hash is null)
        {
            block.Clear();
            _cipher.Encrypt(block, block);
            _hash = new GHash(block);
        }

        _hash.Reset();
        _hash.Update(additional);
        _hash.Update(data);
        UInt128 hash = _hash.Finish(additional.Length, data.Length);
        nonce.CopyTo(block);
        BinaryPrimitives.WriteUInt32BigEndian(block[NonceLength..], 1);
        _cipher.Encrypt(block, block);
        BinaryPrimitives.WriteUInt128BigEndian(tag, hash ^ BinaryPrimitives.ReadUInt128BigEndian(block));
    }
}
