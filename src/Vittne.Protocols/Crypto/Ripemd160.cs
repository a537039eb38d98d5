using System.Buffers.Binary;
using System.Numerics;

namespace Vittne.Protocols.Crypto;

/// <summary>RIPEMD-160 (ISO/IEC 10118-3): to compare with digests that other tools have written down.</summary>
public readonly struct Ripemd160 : IBlockHash
{
    /// <summary>Length of the digest in bytes.</summary>
    public const int Length = 20;

    private static ReadOnlySpan<uint> LeftConstants => [0x00000000, 0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xa953fd4e];

    private static ReadOnlySpan<uint> RightConstants => [0x50a28be6, 0x5c4dd124, 0x6d703ef3, 0x7a6d76e9, 0x00000000];

    private static ReadOnlySpan<byte> LeftWords =>
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        7, 4, 13, 1, 10, 6, 15, 3, 12, 0, 9, 5, 2, 14, 11, 8,
        3, 10, 14, 4, 9, 15, 8, 1, 2, 7, 0, 6, 13, 11, 5, 12,
        1, 9, 11, 10, 0, 8, 12, 4, 13, 3, 7, 15, 14, 5, 6, 2,
        4, 0, 5, 9, 7, 12, 2, 10, 14, 1, 3, 8, 11, 6, 15, 13,
    ];

    private static ReadOnlySpan<byte> RightWords =>
    [
        5, 14, 7, 0, 9, 2, 11, 4, 13, 6, 15, 8, 1, 10, 3, 12,
        6, 11, 3, 7, 0, 13, 5, 10, 14, 15, 8, 12, 4, 9, 1, 2,
        15, 5, 1, 3, 7, 14, 6, 9, 11, 8, 12, 2, 10, 0, 4, 13,
        8, 6, 4, 1, 3, 11, 15, 0, 5, 12, 2, 13, 9, 7, 10, 14,
        12, 15, 10, 4, 1, 5, 8, 7, 6, 2, 13, 14, 0, 3, 9, 11,
    ];

    private static ReadOnlySpan<byte> LeftShifts =>
    [
        11, 14, 15, 12, 5, 8, 7, 9, 11, 13, 14, 15, 6, 7, 9, 8,
        7, 6, 8, 13, 11, 9, 7, 15, 7, 12, 15, 9, 11, 7, 13, 12,
        11, 13, 6, 7, 14, 9, 13, 15, 14, 8, 13, 6, 5, 12, 7, 5,
        11, 12, 14, 15, 14, 15, 9, 8, 9, 14, 5, 6, 8, 6, 5, 12,
        9, 15, 5, 11, 6, 8, 13, 12, 5, 12, 13, 14, 11, 8, 5, 6,
    ];

    private static ReadOnlySpan<byte> RightShifts =>
    [
        8, 9, 9, 11, 13, 15, 15, 5, 7, 7, 8, 11, 14, 14, 12, 6,
        9, 13, 15, 7, 12, 8, 9, 11, 7, 7, 12, 7, 6, 15, 13, 11,
        9, 7, 15, 11, 8, 6, 6, 14, 12, 13, 5, 14, 13, 13, 7, 5,
        15, 5, 8, 11, 14, 14, 6, 14, 6, 9, 12, 9, 12, 5, 15, 8,
        8, 5, 12, 9, 12, 5, 14, 6, 8, 13, 6, 5, 15, 13, 11, 11,
    ];

    static ReadOnlySpan<uint> IBlockHash.Start => [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];

    static bool IBlockHash.IsBigEndian => false;

    /// <summary>Writes the digest; <paramref name="digest"/> holds <see cref="Length"/> bytes.</summary>
    public static void Hash(ReadOnlySpan<byte> data, Span<byte> digest) => BlockHash.Hash<Ripemd160>(data, digest);

    static void IBlockHash.Compress(Span<uint> state, ReadOnlySpan<byte> block)
    {
        Span<uint> words = stackalloc uint[16];
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = BinaryPrimitives.ReadUInt32LittleEndian(block[(i * sizeof(uint))..]);
        }

        (uint a, uint b, uint c, uint d, uint e) = (state[0], state[1], state[2], state[3], state[4]);
        (uint f, uint g, uint h, uint i2, uint j) = (a, b, c, d, e);
        for (int step = 0; step < LeftWords.Length; step++)
        {
            int round = step >> 4;
            uint left = BitOperations.RotateLeft(a + Mix(round, b, c, d) + words[LeftWords[step]] + LeftConstants[round], LeftShifts[step]) + e;
            (a, e, d, c, b) = (e, d, BitOperations.RotateLeft(c, 10), b, left);
            uint right = BitOperations.RotateLeft(f + Mix(4 - round, g, h, i2) + words[RightWords[step]] + RightConstants[round], RightShifts[step]) + j;
            (f, j, i2, h, g) = (j, i2, BitOperations.RotateLeft(h, 10), g, right);
        }

        uint first = state[1] + c + i2;
        state[1] = state[2] + d + j;
        state[2] = state[3] + e + f;
        state[3] = state[4] + a + g;
        state[4] = state[0] + b + h;
        state[0] = first;
    }

    private static uint Mix(int round, uint x, uint y, uint z) => round switch
    {
        0 => x ^ y ^ z,
        1 => (x & y) | (~x & z),
        2 => (x | ~y) ^ z,
        3 => (x & z) | (y & ~z),
        _ => x ^ (y | ~z),
    };
}
