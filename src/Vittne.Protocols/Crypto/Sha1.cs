using System.Buffers.Binary;
using System.Numerics;

namespace Vittne.Protocols.Crypto;

/// <summary>SHA-1 (FIPS 180-4): for certificate hashes that are defined with it, never for security.</summary>
public readonly struct Sha1 : IBlockHash
{
    /// <summary>Length of the digest in bytes.</summary>
    public const int Length = 20;

    static ReadOnlySpan<uint> IBlockHash.Start => [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];

    static bool IBlockHash.IsBigEndian => true;

    /// <summary>Writes the digest; <paramref name="digest"/> holds <see cref="Length"/> bytes.</summary>
    public static void Hash(ReadOnlySpan<byte> data, Span<byte> digest) => BlockHash.Hash<Sha1>(data, digest);

    /// <summary>The digest in lower-case hex.</summary>
    public static string HashHex(ReadOnlySpan<byte> data)
    {
        Span<byte> digest = stackalloc byte[Length];
        Hash(data, digest);
        return Convert.ToHexStringLower(digest);
    }

    static void IBlockHash.Compress(Span<uint> state, ReadOnlySpan<byte> block)
    {
        Span<uint> words = stackalloc uint[80];
        for (int i = 0; i < 16; i++)
        {
            words[i] = BinaryPrimitives.ReadUInt32BigEndian(block[(i * sizeof(uint))..]);
        }

        for (int i = 16; i < words.Length; i++)
        {
            words[i] = BitOperations.RotateLeft(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
        }

        (uint a, uint b, uint c, uint d, uint e) = (state[0], state[1], state[2], state[3], state[4]);
        for (int i = 0; i < words.Length; i++)
        {
            (uint mixed, uint constant) = (i / 20) switch
            {
                0 => ((b & c) | (~b & d), 0x5a827999u),
                1 => (b ^ c ^ d, 0x6ed9eba1u),
                2 => ((b & c) | (b & d) | (c & d), 0x8f1bbcdcu),
                _ => (b ^ c ^ d, 0xca62c1d6u),
            };
            uint sum = BitOperations.RotateLeft(a, 5) + mixed + e + constant + words[i];
            (a, b, c, d, e) = (sum, a, BitOperations.RotateLeft(b, 30), c, d);
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
    }
}
