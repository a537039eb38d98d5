using System.Buffers.Binary;

namespace Vittne.Protocols.Crypto;

/// <summary>ChaCha20-Poly1305 (RFC 8439 section 2.8).</summary>
/// <param name="key">32 bytes.</param>
internal sealed class ChaChaPolyCipher(ReadOnlySpan<byte> key) : AeadCipher
{
    private readonly ChaCha20 _cipher = new(key);

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

        _cipher.Apply(1, nonce, data, plain);
        return true;
    }

    /// <inheritdoc/>
    internal override void Seal(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> additional, Span<byte> sealedData)
    {
        _cipher.Apply(1, nonce, plain, sealedData);
        ComputeTag(nonce, sealedData[..plain.Length], additional, sealedData[plain.Length..]);
    }

    private void ComputeTag(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> data, ReadOnlySpan<byte> additional, Span<byte> tag)
    {
        Span<byte> block = stackalloc byte[ChaCha20.BlockLength];
        _cipher.WriteBlock(0, nonce, block);
        var code = new Poly1305(block[..Poly1305.KeyLength]);
        code.UpdatePadded(additional);
        code.UpdatePadded(data);
        Span<byte> lengths = stackalloc byte[Poly1305.TagLength];
        BinaryPrimitives.WriteUInt64LittleEndian(lengths, (ulong)additional.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(lengths[sizeof(ulong)..], (ulong)data.Length);
        code.Finish(lengths, tag);
    }
}
