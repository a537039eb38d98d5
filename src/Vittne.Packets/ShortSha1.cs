using System.Buffers.Binary;
using System.Numerics;

namespace Vittne.Packets;

/// <summary>
/// SHA-1 (FIPS 180-4 section 6.1) of what fits one block. The system's own costs microseconds a call, most of it for finding the implementation; a
/// Community ID is asked for in every record, and its input has at most 40 bytes.
/// </summary>
internal static class ShortSha1
{
    /// <summary>Longest input in bytes: a block less the end mark and the length.</summary>
    public const int MaxLength = 55;

    /// <summary>Length of the hash in bytes.</summary>
    public const int HashLength = 20;

    private const int BlockLength = 64;
    private const int Rounds = 80;

    /// <summary>Writes the hash.</summary>
    /// <param name="data">At most <see cref="MaxLength"/> bytes.</param>
    /// <param name="hash">At least <see cref="HashLength"/> bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The data are longer.</exception>
    public static void Compute(ReadOnlySpan<byte> data, Span<byte> hash)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(data.Length, MaxLength);
        Span<byte> block = stackalloc byte[BlockLength];
        block.Clear();
        data.CopyTo(block);
        block[data.Length] = 0x80;
        BinaryPrimitives.WriteUInt64BigEndian(block[(BlockLength - sizeof(ulong))..], (ulong)data.Length * 8);
        Span<uint> schedule = stackalloc uint[Rounds];
        for (int i = 0; i < 16; i++)
        {
            schedule[i] = BinaryPrimitives.ReadUInt32BigEndian(block[(i * sizeof(uint))..]);
        }

        for (int i = 16; i < Rounds; i++)
        {
            schedule[i] = BitOperations.RotateLeft(schedule[i - 3] ^ schedule[i - 8] ^ schedule[i - 14] ^ schedule[i - 16], 1);
        }

        uint a = 0x67452301;
        uint b = 0xEFCDAB89;
        uint c = 0x98BADCFE;
        uint d = 0x10325476;
        uint e = 0xC3D2E1F0;
        for (int i = 0; i < Rounds; i++)
        {
            uint mixed = i switch
            {
                < 20 => (d ^ (b & (c ^ d))) + 0x5A827999,
                < 40 => (b ^ c ^ d) + 0x6ED9EBA1,
                < 60 => ((b & c) | (d & (b | c))) + 0x8F1BBCDC,
                _ => (b ^ c ^ d) + 0xCA62C1D6,
            };
            uint next = BitOperations.RotateLeft(a, 5) + mixed + e + schedule[i];
            e = d;
            d = c;
            c = BitOperations.RotateLeft(b, 30);
            b = a;
            a = next;
        }

        BinaryPrimitives.WriteUInt32BigEndian(hash, a + 0x67452301);
        BinaryPrimitives.WriteUInt32BigEndian(hash[4..], b + 0xEFCDAB89);
        BinaryPrimitives.WriteUInt32BigEndian(hash[8..], c + 0x98BADCFE);
        BinaryPrimitives.WriteUInt32BigEndian(hash[12..], d + 0x10325476);
        BinaryPrimitives.WriteUInt32BigEndian(hash[16..], e + 0xC3D2E1F0);
    }
}
