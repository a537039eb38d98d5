using System.Security.Cryptography;

namespace Vittne.Engine.Filter.Editors;

/// <summary>
/// Maps addresses one to one with a key, so that two that share a prefix still share one of that length: the construction of Crypto-PAn
/// (Xu, Fan, Ammar, Moon 2002), for addresses of up to 16 bytes.
/// </summary>
internal sealed class PrefixMap : IDisposable
{
    /// <summary>Bytes of a key: half is that of AES, half makes the padding.</summary>
    public const int KeyLength = 32;

    private const int BlockLength = 16;

    private readonly Aes _aes = Aes.Create();
    private readonly byte[] _padding;
    private readonly byte[] _blocks = new byte[BlockLength * BlockLength * 8];
    private readonly byte[] _ciphers = new byte[BlockLength * BlockLength * 8];

    /// <param name="key">The key, <see cref="KeyLength"/> bytes.</param>
    public PrefixMap(ReadOnlySpan<byte> key)
    {
        _aes.Key = key[..BlockLength].ToArray();
        _padding = _aes.EncryptEcb(key[BlockLength..KeyLength], PaddingMode.None);
    }

    /// <summary>Maps an address in place.</summary>
    /// <param name="address">The address.</param>
    /// <param name="firstBit">Bits before this one stay as they are.</param>
    public void Map(Span<byte> address, int firstBit = 0)
    {
        int bits = address.Length * 8;
        int count = bits - firstBit;
        for (int bit = firstBit; bit < bits; bit++)
        {
            // The first bits of the address, the rest from the padding.
            Span<byte> block = _blocks.AsSpan((bit - firstBit) * BlockLength, BlockLength);
            _padding.CopyTo(block);
            int whole = bit / 8;
            address[..whole].CopyTo(block);
            int mask = 0xFF00 >> (bit % 8);
            block[whole] = (byte)((address[whole] & mask) | (_padding[whole] & ~mask));
        }

        _aes.EncryptEcb(_blocks.AsSpan(0, count * BlockLength), _ciphers, PaddingMode.None);
        for (int bit = firstBit; bit < bits; bit++)
        {
            int flip = _ciphers[(bit - firstBit) * BlockLength] >> 7;
            address[bit / 8] ^= (byte)(flip << (7 - (bit % 8)));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _aes.Dispose();
}
