using System.Buffers.Binary;
using System.Runtime.Intrinsics;

namespace Vittne.Protocols.Crypto;

/// <summary>
/// AES-GCM (NIST SP 800-38D) with nonces of 12 bytes and tags of 16. Own, since the platform's needs OpenSSL at run time.
/// </summary>
/// <param name="key">16 or 32 bytes.</param>
internal sealed class AesGcmCipher(ReadOnlySpan<byte> key) : AeadCipher
{
    private readonly AesCipher _cipher = new(key);
    private GHash? _hash;

    /// <inheritdoc/>
    public override bool TryOpen(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> sealedData, ReadOnlySpan<byte> additional, Span<byte> plain)
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

    /// <inheritdoc/>
    internal override void Seal(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> additional, Span<byte> sealedData)
    {
        ApplyKeyStream(nonce, plain, sealedData);
        ComputeTag(nonce, sealedData[..plain.Length], additional, sealedData[plain.Length..]);
    }

    private void ApplyKeyStream(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> input, Span<byte> output)
    {
        Span<byte> counter = stackalloc byte[AesCipher.BlockLength];
        Span<byte> stream = stackalloc byte[AesCipher.BlockLength];
        nonce.CopyTo(counter);
        uint number = 2;
        for (int done = 0; done < input.Length; done += AesCipher.BlockLength)
        {
            BinaryPrimitives.WriteUInt32BigEndian(counter[NonceLength..], number++);
            _cipher.Encrypt(counter, stream);
            int length = Math.Min(AesCipher.BlockLength, input.Length - done);
            if (length == AesCipher.BlockLength)
            {
                (Vector128.Create(input.Slice(done, length)) ^ Vector128.Create<byte>(stream)).CopyTo(output[done..]);
                continue;
            }

            for (int i = 0; i < length; i++)
            {
                output[done + i] = (byte)(input[done + i] ^ stream[i]);
            }
        }
    }

    private void ComputeTag(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> data, ReadOnlySpan<byte> additional, Span<byte> tag)
    {
        Span<byte> block = stackalloc byte[AesCipher.BlockLength];
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
